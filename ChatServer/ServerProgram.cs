using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Basic;
using ThreadedChat.ChatServer.History;
using ThreadedChat.ChatServer.Http;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.Common.Streams;
using ThreadedChat.Common.Tracing;

namespace ThreadedChat.ChatServer;

/// <summary>The process around the server: port, log, signals, exit code. The main thread only starts, waits and stops.</summary>
internal static class ServerProgram
{
    private const int Success = 0;
    internal const int Failure = 1;

    /// <summary>The time that a stop may take beyond two drain timeouts.</summary>
    private static readonly TimeSpan StopReserve = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The threads that a server with one client has: those of the log, the clock, the writer, the deadline sweeper, the acceptor, the reader,
    /// and three that start readers.
    /// </summary>
    private const int LeastThreads = 9;

    private const string TooLittle = "Cannot start: the machine does not have enough threads (ulimit -u, or pids.max of the control group) "
        + "or not enough memory (ulimit -v, or memory.max of the control group).";

    /// <summary>Runs until SIGTERM or SIGINT; the process's exit code.</summary>
    public static int Run(ServerOptions options)
    {
        try
        {
            return Serve(options);
        }
        catch (Exception e) when (e is OutOfMemoryException or ThreadStartException)
        {
            Console.Error.WriteLine(TooLittle);
            return Failure;
        }
    }

    private static int Serve(ServerOptions options)
    {
        // Before anybody can connect: a script that sees that the server listens may ask it to stop.
        using var stop = new StopRequest();
        SpareThreads.Require(LeastThreads);
        Socket listener;
        try
        {
            listener = ListenSocket.Open(options.Port);
        }
        catch (SocketException e)
        {
            Console.Error.WriteLine($"Cannot listen on port {options.Port}: {Explain(e)}");
            return Failure;
        }

        try
        {
            return options.Basic ? RunBasic(listener, stop) : RunChat(listener, options, stop);
        }
        catch (Exception e) when (e is HistoryException or HttpException)
        {
            Console.Error.WriteLine(e.Message);
            return Failure;
        }
    }

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

    private static int RunChat(Socket listener, ServerOptions options, StopRequest stop)
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
        StandardStreams.Error.Patience = Timeout.InfiniteTimeSpan;
        Scheduling.PreferThroughput();
        using ILoggerFactory logging = ServerLogging.Create(options.LogLevel, options.LogFormat);
        using var log = new BoundedLog(logging.CreateLogger("ChatServer"), TimeProvider.System);

        using var server = new Server(listener, options, log, trace: trace);
        using var hangUp = new HangUp(
            () =>
            {
                log.HungUp("the terminal is gone, the server stops");
                stop.Set();
            },
            () => log.HungUp(Reopen(trace)));
        using var counts = new CountsSignal(server.Monitoring.LogCounts);
        bool isStarted = false;
        bool isWell = server.Faults.Guard("starting", () => isStarted = TryStart(server));
        if (!isStarted)
        {
            return Failure;
        }

        server.Faults.Guard("logging the start", () => AnnounceStart(log, server));
        stop.Wait();

        // The stop must end also if a trace goes into a pipe that nobody reads.
        stop.BeginStop((options.DrainTimeout * 2) + StopReserve, Failure);
        isWell &= server.Faults.Guard("stopping", server.Stop);
        log.GarbageCollections(
            GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2), GC.GetTotalPauseDuration().TotalMilliseconds);
        return isWell ? Success : Failure;
    }

    /// <summary>False if there are not enough threads, or not enough memory for them, which it reports in one line.</summary>
    private static bool TryStart(Server server)
    {
        try
        {
            server.Start();
            return true;
        }
        catch (Exception e) when (e is OutOfMemoryException or ThreadStartException)
        {
            Console.Error.WriteLine(TooLittle);
            return false;
        }
    }

    /// <summary>Opens the files again that the server writes. Returns the result for the log.</summary>
    private static string Reopen(TraceWriter? trace)
    {
        string? error = null;
        return trace?.TryReopen(out error) == true ? "the trace file was opened again"
            : error is null ? "there is no file to open again"
            : $"the trace file could not be opened again: {error}";
    }

    private static void AnnounceStart(ILogger log, Server server)
    {
        List<string> addresses = OwnAddresses.List();
        (int connections, string limit) = server.ConnectionLimit;
        (long bytes, string memoryLimit) = server.MemoryLimit;
        log.Started(server.Port, string.Join(", ", addresses), connections, limit, bytes, memoryLimit, ClientCommand, addresses[0]);
        server.Monitoring.Announce();
    }

    /// <summary>The command for a client that came with this server: a release has no run.sh.</summary>
    private static string ClientCommand =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "threadedchat-server" ? "threadedchat-client" : "./run.sh client";

    private static string Explain(SocketException e) => e.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => "it is in use already.",
        SocketError.AccessDenied => "this user has no permission (ports below 1024 are reserved).",
        _ => e.Message,
    };
}
