using System.Globalization;
using System.Net.Sockets;

/// <summary>
/// Makes a program crash when a test wants it to. The runtime calls <see cref="Initialize"/> before a program's own code
/// if DOTNET_STARTUP_HOOKS names this assembly. The runtime requires this name, without a namespace.
/// </summary>
#pragma warning disable CA1050 // see above
internal static class StartupHook
#pragma warning restore CA1050
{
    /// <summary>Names the port of the test: when the test closes the connection, the program crashes.</summary>
    public const string PortVariable = "THREADEDCHAT_TEST_CRASH_PORT";

    public static void Initialize()
    {
        int port = int.Parse(Environment.GetEnvironmentVariable(PortVariable)!, CultureInfo.InvariantCulture);
        new Thread(() => CrashWhenClosed(port)) { IsBackground = true }.Start();
    }

    private static void CrashWhenClosed(int port)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Connect("127.0.0.1", port);
        socket.Receive(new byte[1]);
        throw new InvalidOperationException("This crash is part of a test.");
    }
}
