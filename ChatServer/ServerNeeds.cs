using ThreadedChat.ChatServer.Http;

namespace ThreadedChat.ChatServer;

/// <summary>
/// The files and threads that a server needs to start and to serve one client: what the runtime and the plain server need, and besides what
/// each part needs that the options ask for. Measured, and a few more.
/// </summary>
/// <param name="Files">Open files.</param>
/// <param name="Threads">Threads, without those that the runtime has before the server starts.</param>
internal readonly record struct ServerNeeds(int Files, int Threads)
{
    /// <summary>
    /// Files as in <see cref="Machine.OpenFiles"/>. Threads of the log, the clock, the writer, the deadline sweeper, the acceptor, the reader,
    /// and three that start readers.
    /// </summary>
    private static readonly ServerNeeds Plain = new(Machine.OpenFiles.Least, 9);

    /// <summary>The database and the files beside it, the readers, temporary files, and the libraries. A thread that writes, and one that watches it.</summary>
    private static readonly ServerNeeds History = new(32, 2);

    /// <summary>The port and a few answers: without files for more, it closes connections. Threads for all answers: the runtime must not lack them.</summary>
    private static readonly ServerNeeds Http = new(12, HttpLimits.Default.Threads + 1);

    /// <summary>The libraries of TLS, and one more listener with its thread.</summary>
    private static readonly ServerNeeds Tls = new(12, 1);

    private static readonly ServerNeeds Control = new(12, 1);

    /// <summary>The files of the accounts, of the bans and of the audit, when they are read or replaced.</summary>
    private static readonly ServerNeeds Accounts = new(8, 1);

    /// <summary>The libraries of the client of the engine, its connection, and threads of the server, of that client and of the runtime.</summary>
    private static readonly ServerNeeds Cluster = new(32, 20);

    private static readonly ServerNeeds Trace = new(2, 0);

    /// <summary>Those of the whole server.</summary>
    public static ServerNeeds Of(ServerOptions options) => Plain + OfParts(options);

    /// <summary>Those of the parts that a plain server does not have.</summary>
    public static ServerNeeds OfParts(ServerOptions options)
    {
        ReadOnlySpan<(bool IsThere, ServerNeeds Needs)> parts =
        [
            (options.History is not null, History),
            (options.Http is not null, Http),
            (options.Listen.Tls is not null, Tls),
            (options.Control is not null, Control),
            (options.Accounts is not null || options.Audit is not null, Accounts),
            (options.Cluster is not null, Cluster),
            (options.Trace, Trace),
        ];
        ServerNeeds all = default;
        foreach ((bool isThere, ServerNeeds needs) in parts)
        {
            all = isThere ? all + needs : all;
        }

        return all;
    }

    public static ServerNeeds operator +(ServerNeeds one, ServerNeeds other) => new(one.Files + other.Files, one.Threads + other.Threads);

    /// <summary>The line for the user if this process may not open so many files; null if it may.</summary>
    /// <param name="openFiles">The limit of open files; null if it is not known.</param>
    public string? MissingFiles(long? openFiles) => openFiles is long files && files < Files
        ? $"Cannot start: with these options the server needs {Files} open files, and {files} are allowed (ulimit -n)."
        : null;
}
