using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using ThreadedChat.ChatServer.Basic;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.Common.Tracing;

namespace ThreadedChat.ChatServer;

/// <summary>The process around the server: port, log, signals, exit code. The main thread only starts, waits and stops.</summary>
internal static class ServerProgram
{
    private const int Success = 0;
    private const int Failure = 1;

    /// <summary>What a stop may take beyond the two times that connections have for a goodbye.</summary>
    private static readonly TimeSpan StopReserve = TimeSpan.FromSeconds(5);

    /// <summary>How exactly that is measured.</summary>
    private static readonly TimeSpan StopStep = TimeSpan.FromSeconds(0.5);

    /// <summary>Runs until SIGTERM or SIGINT; the process's exit code.</summary>
    public static int Run(ServerOptions options)
    {
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

        using var stop = new ManualResetEventSlim();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Request);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Request);

        return options.Basic ? RunBasic(listener, stop) : RunChat(listener, options, stop);

        void Request(PosixSignalContext signal)
        {
            signal.Cancel = true; // not killed: stopped, below
            stop.Set();
        }
    }

    private static int RunBasic(Socket listener, ManualResetEventSlim stop)
    {
        using Stream output = Console.OpenStandardOutput();
        string? failure = null;
        var thread = new Thread(Serve) { Name = "basic-server", IsBackground = true };
        thread.Start();
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
                BasicServer.Run(listener, output);
            }
            catch (IOException e)
            {
                failure = e.Message;
                stop.Set();
            }
        }
    }

    private static int RunChat(Socket listener, ServerOptions options, ManualResetEventSlim stop)
    {
        string? error = null;
        using TraceWriter? trace = options.Trace
            ? TraceWriter.TryOpen(options.TraceFile, Console.OpenStandardError(), out error)
            : null;
        if (error is not null)
        {
            Console.Error.WriteLine(error);
            return Failure;
        }

        Scheduling.PreferThroughput();
        using ILoggerFactory logging = CreateLogging(options);
        using var log = new BoundedLog(logging.CreateLogger("ChatServer"), TimeProvider.System);

        using var server = new Server(listener, options, log, trace: trace);
        bool isWell = server.Faults.Guard("starting", server.Start);
        if (isWell)
        {
            server.Faults.Guard("saying so", () => AnnounceStart(log, server));
            stop.Wait();
        }

        // Whatever holds the stop up, say a trace into a pipe that nobody reads: it ends.
        // In steps: a pause of the process, however long, counts as one.
        int steps = (int)Math.Ceiling(((options.GoodbyeTimeout * 2) + StopReserve) / StopStep);
        using var stuck = new Timer(_ => ExitWhere(Interlocked.Decrement(ref steps) == 0), null, StopStep, StopStep);
        isWell &= server.Faults.Guard("stopping", server.Stop);
        log.GarbageCollections(
            GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2), GC.GetTotalPauseDuration().TotalMilliseconds);
        return isWell ? Success : Failure;
    }

    private static void ExitWhere(bool isStuck)
    {
        if (isStuck)
        {
            Environment.Exit(Failure);
        }
    }

    private static ILoggerFactory CreateLogging(ServerOptions options) => LoggerFactory.Create(builder =>
    {
        builder.SetMinimumLevel(options.LogLevel);
        builder.AddConsole(console =>
        {
            console.LogToStandardErrorThreshold = LogLevel.Trace;
            console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite; // a log nobody reads must not stop the server
        });
        if (options.LogFormat == LogFormat.Json)
        {
            builder.AddJsonConsole(json => json.TimestampFormat = "O");
        }
        else
        {
            builder.AddSimpleConsole(simple =>
            {
                simple.SingleLine = true;
                simple.TimestampFormat = "HH:mm:ss ";
            });
        }
    });

    private static void AnnounceStart(ILogger log, Server server)
    {
        List<string> addresses = OwnAddresses();
        (int connections, string limit) = server.ConnectionLimit;
        log.Started(server.Port, string.Join(", ", addresses), connections, limit, addresses[0]);
        log.MemoryLimit(server.MemoryLimit.Bytes, server.MemoryLimit.Reason);
    }

    /// <summary>The addresses by which others can reach this machine; without a network, localhost.</summary>
    private static List<string> OwnAddresses()
    {
        List<string> addresses = [];
        try
        {
            addresses.AddRange(
                from network in NetworkInterface.GetAllNetworkInterfaces()
                where network.OperationalStatus == OperationalStatus.Up
                    && network.NetworkInterfaceType != NetworkInterfaceType.Loopback
                from unicast in network.GetIPProperties().UnicastAddresses
                where unicast.Address.AddressFamily == AddressFamily.InterNetwork
                select unicast.Address.ToString());
        }
        catch (NetworkInformationException)
        {
            // A machine that does not tell: localhost is right in any case.
        }

        addresses.Add("localhost");
        return addresses;
    }

    private static string Explain(SocketException e) => e.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => "it is in use already.",
        SocketError.AccessDenied => "this user may not (ports below 1024 are reserved).",
        _ => e.Message,
    };
}
