using System.Globalization;
using System.Net.Sockets;

namespace ThreadedChat.ChatClient.Connection;

/// <summary>
/// Has TCP find out that the server is out of reach: its machine or the network is gone, and nobody says so. The system then
/// breaks the connection.
/// </summary>
/// <param name="Seconds">How long the server's machine has to acknowledge what was sent.</param>
internal sealed record SilenceLimit(int Seconds)
{
    /// <summary>For tests, which do not wait that long: a number of seconds instead of <see cref="Standard"/>'s.</summary>
    public const string Variable = "THREADEDCHAT_SILENCE_LIMIT";

    private const int Standard = 45;

    // Not in SocketOptionName; <netinet/tcp.h> of Linux and macOS, <ws2ipdef.h> of Windows.
    private const int TcpLevel = 6;
    private const int LinuxUserTimeout = 18; // TCP_USER_TIMEOUT, milliseconds
    private const int AppleConnectionDropTime = 0x80; // TCP_RXT_CONNDROPTIME, seconds
    private const int WindowsMaxRetransmission = 5; // TCP_MAXRT, seconds

    private const int Probes = 3;

    /// <summary>How long after it fell silent a server is found out at the latest, in whatever way.</summary>
    public TimeSpan Longest => TimeSpan.FromSeconds(2 * Seconds);

    // While nothing is under way, TCP asks: first after two thirds of the limit, and the last question has gone without an
    // answer after four thirds.
    private int IdleSeconds => Math.Max(1, Seconds * 2 / 3);

    private int IntervalSeconds => Math.Max(1, Seconds * 2 / 9);

    /// <summary>The limit for this process.</summary>
    public static SilenceLimit OfProcess { get; } = new(
        int.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)
        && seconds is > 0 and < Standard
            ? seconds
            : Standard);

    /// <summary>Sets what the system can do of it. An option that a system does not know is left out: the others still help.</summary>
    public void Apply(Socket socket)
    {
        TrySet(() => socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true));
        TrySet(() => socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, IdleSeconds));
        TrySet(() => socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, IntervalSeconds));
        TrySet(() => socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, Probes));

        // While something is under way TCP does not ask but sends again: by itself for a quarter of an hour.
        if (OperatingSystem.IsLinux())
        {
            TrySet(() => socket.SetRawSocketOption(TcpLevel, LinuxUserTimeout, BitConverter.GetBytes(Seconds * 1000)));
        }
        else if (OperatingSystem.IsMacOS())
        {
            TrySet(() => socket.SetRawSocketOption(TcpLevel, AppleConnectionDropTime, BitConverter.GetBytes(Seconds)));
        }
        else if (OperatingSystem.IsWindows())
        {
            TrySet(() => socket.SetRawSocketOption(TcpLevel, WindowsMaxRetransmission, BitConverter.GetBytes(Seconds)));
        }
    }

    private static void TrySet(Action set)
    {
        try
        {
            set();
        }
        catch (Exception e) when (NetworkFault.Is(e))
        {
            // This system does not have it.
        }
    }
}
