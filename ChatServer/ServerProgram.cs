using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Basic;
using ThreadedChat.ChatServer.Cluster;
using ThreadedChat.ChatServer.History;
using ThreadedChat.ChatServer.Http;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.ChatServer.Secure;
using ThreadedChat.Common;
using ThreadedChat.Common.Arguments;
using ThreadedChat.Common.Streams;
using ThreadedChat.Common.Tracing;
using static ThreadedChat.ChatServer.ServerExitCode;

namespace ThreadedChat.ChatServer;

/// <summary>The process around the server: port, log, signals, exit code. The main thread only starts, waits and stops.</summary>
internal static class ServerProgram
{
    /// <summary>The time that a stop may take beyond two drain timeouts.</summary>
    private static readonly TimeSpan StopReserve = TimeSpan.FromSeconds(8);

    private const string TooLittle = "Cannot start: the machine does not have enough threads (ulimit -u, or pids.max of the control group) "
        + "or not enough memory (ulimit -v, or memory.max of the control group).";

    /// <summary>Runs until SIGTERM or SIGINT; the process's exit code.</summary>
    public static int Run(ServerOptions options)
    {
        try
        {
            return Serve(options);
        }
        catch (Exception e) when (IsTooLittle(e))
        {
            Console.Error.WriteLine(TooLittle);
            return Failure;
        }
    }

    /// <summary>True if the cause is a missing thread or missing memory. A library may wrap it.</summary>
    private static bool IsTooLittle(Exception e) =>
        e is OutOfMemoryException or ThreadStartException || (e.InnerException is Exception inner && IsTooLittle(inner));

    private static int Serve(ServerOptions options)
    {
        // Before anybody can connect: a script that sees that the server listens may ask it to stop.
        using var stop = new StopRequest();
        ServerNeeds needs = options.Basic ? ServerNeeds.Of(new ServerOptions()) : ServerNeeds.Of(options);
        SpareThreads.Require(needs.Threads);
        if ((needs.MissingFiles(MachineLimits.OfThisMachine.OpenFileLimit()) ?? MissingLibrary(options)) is string missing)
        {
            Console.Error.WriteLine(missing);
            return Failure;
        }

        try
        {
            TlsIdentity? identity = options.Listen.Tls is TlsFiles files ? new TlsIdentity(files) : null;
            if (Listeners.TryOpen(options, out string? error) is not IReadOnlyList<Listener> listeners)
            {
                Console.Error.WriteLine(error);
                return Failure;
            }

            return options.Basic ? RunBasic(listeners[0].Socket, stop) : RunChat(listeners, identity, options, stop);
        }
        catch (Exception e) when (e is HistoryException or HttpException or TlsException or UnusableFileException)
        {
            Console.Error.WriteLine(e.Message);
            return Failure;
        }
    }

    /// <summary>One line for the user, or null.</summary>
    private static string? MissingLibrary(ServerOptions options) =>
        options.Listen.Tls is not null ? OpenSslLibrary.Missing("TLS")
        : options.Accounts is not null ? OpenSslLibrary.Missing("--accounts")
        : options.Cluster is not null ? OpenSslLibrary.Missing("--cluster")
        : null;

    private static int RunBasic(Socket listener, StopRequest stop)
    {
        FirstProcess.EndOn(PosixSignal.SIGQUIT);
        string? failure = null;
        var thread = new Thread(Serve) { Name = "basic-server", IsBackground = true };
        thread.Start();
        using var hangUp = new HangUp(stop.Set, () => { });
        stop.Wait();
        listener.Dispose();
        if (failure is not null)
        {
            Console.Error.WriteLine($"Cannot print what clients send: {failure}");
        }

        return failure is null ? Success : Failure;

        void Serve()
        {
            try
            {
                BasicServer.Run(listener, StandardStreams.Output);
            }
            catch (IOException e)
            {
                failure = e.Message;
                stop.Set();
            }
        }
    }

    private static int RunChat(IReadOnlyList<Listener> listeners, TlsIdentity? identity, ServerOptions options, StopRequest stop)
    {
        string? error = null;
        using TraceWriter? trace = options.Trace
            ? TraceWriter.TryOpen(options.TraceFile, StandardStreams.Error, out error)
            : null;
        if (error is not null)
        {
            Console.Error.WriteLine(error);
            return Failure;
        }

        FirstProcess.EndOn(PosixSignal.SIGQUIT);

        // From here on a thread of its own writes to standard error, so it may wait, for example for a terminal that is paused.
        StandardStreams.Error.WriteLimit = Timeout.InfiniteTimeSpan;
        Scheduling.PreferThroughput();
        var level = new LevelSwitch(options.LogLevel);
        using ILoggerFactory logging = ServerLogging.Create(level, options.LogFormat);
        using var log = new BoundedLog(logging.CreateLogger("ChatServer"), TimeProvider.System);

        using var server = new Server(listeners, options, log, trace: trace, identity: identity);
        var reloads = new ReloadParts(server.Faults, log.HungUp);
        if (options.Configuration is ServerConfiguration configuration)
        {
            reloads.Add("the configuration", () => configuration.Reread(changed =>
            {
                level.Least = changed.LogLevel;
                server.Guard.Apply(changed);
            }));
        }

        foreach ((string name, Func<string> reopen) in server.Guard.ReopenParts)
        {
            reloads.Add(name, reopen);
        }

        if (trace is not null)
        {
            reloads.Add("the trace file", () => Reopen(trace));
        }

        if (identity is not null)
        {
            reloads.Add("the certificate", identity.Reload);
        }

        using var hangUp = new HangUp(
            () =>
            {
                log.HungUp("the terminal is gone, the server stops");
                stop.Set();
            },
            reloads.Reload);
        using var counts = new CountsSignal(server.Monitoring.LogCounts);
        bool isStarted = false;
        bool isWell = server.Faults.Guard("starting", () => isStarted = TryStart(server, options, stop.Token));
        if (!isStarted && stop.Token.IsCancellationRequested)
        {
            LimitStop(stop, options);
            return isWell ? Success : Failure;
        }

        if (!isStarted)
        {
            return Failure;
        }

        server.Faults.Guard("logging the start", () => LogStart(log, server, options.Port is not null, listeners, identity));
        server.Faults.Guard("logging the start", server.LogClusterState);
        stop.Wait();

        LimitStop(stop, options);
        isWell &= server.Faults.Guard("stopping", server.Stop);
        log.GarbageCollections(
            GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2), GC.GetTotalPauseDuration().TotalMilliseconds);
        return isWell ? Success : Failure;
    }

    /// <summary>The stop must end also if a trace goes into a pipe that nobody reads.</summary>
    private static void LimitStop(StopRequest stop, ServerOptions options) => stop.BeginStop((options.DrainTimeout * 2) + StopReserve, Failure);

    /// <summary>False if there are not enough threads, or not enough memory for them, or the chat of several servers cannot be joined, which it reports in one line. Also if a stop is asked for before it was joined.</summary>
    private static bool TryStart(Server server, ServerOptions options, CancellationToken stop)
    {
        try
        {
            server.Start(stop);
            return true;
        }
        catch (EngineException) when (stop.IsCancellationRequested)
        {
            return false;
        }
        catch (EngineException e)
        {
            Console.Error.WriteLine($"Cannot join the chat '{options.Cluster!.Name}': {ArgumentForms.OneLine(e.Message)}.");
            return false;
        }
        catch (Exception e) when (IsTooLittle(e))
        {
            Console.Error.WriteLine(TooLittle);
            return false;
        }
    }

    /// <summary>Opens the trace file again. Returns the result for the log.</summary>
    private static string Reopen(TraceWriter trace) =>
        trace.TryReopen(out string? error) ? "the trace file was opened again"
        : error is null ? "there is no file to open again"
        : $"the trace file could not be opened again: {error}";

    private static void LogStart(ILogger log, Server server, bool hasPort, IReadOnlyList<Listener> listeners, TlsIdentity? identity)
    {
        List<string> addresses = OwnAddresses.List();
        (int connections, string limit) = server.ConnectionLimit;
        (long bytes, string memoryLimit) = server.MemoryLimit;
        if (hasPort)
        {
            log.Started(
                server.Port,
                string.Join(", ", addresses),
                connections,
                limit,
                bytes,
                memoryLimit,
                ClientCommand,
                addresses[0],
                listeners[0].IsSecure ? " --tls" : "");
        }

        foreach (Listener listener in listeners.Skip(hasPort ? 1 : 0))
        {
            log.ListeningOn(listener.Name, listener.IsSecure ? ", with TLS" : "");
        }

        if (!hasPort)
        {
            log.Limited(connections, limit, bytes, memoryLimit);
        }

        if (identity is not null)
        {
            log.HasCertificate(identity.Description);
        }

        server.Monitoring.LogAddress();
    }

    /// <summary>The command for a client that came with this server: a release has no run.sh.</summary>
    private static string ClientCommand =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "threadedchat-server" ? "threadedchat-client" : "./run.sh client";
}
