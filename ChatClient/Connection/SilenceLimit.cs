using System.Globalization;
using System.Net.Sockets;

namespace ThreadedChat.ChatClient.Connection;

/// <summary>
/// Makes TCP detect that the server is unreachable because its machine or the network has failed silently. The system then
/// ends the connection.
/// </summary>
/// <param name="Seconds">How long the server's machine may take to acknowledge sent bytes.</param>
internal sealed record SilenceLimit(int Seconds)
{
    /// <summary>For tests that cannot wait so long: a number of seconds that replaces <see cref="Standard"/>.</summary>
    public const string Variable = "THREADEDCHAT_SILENCE_LIMIT";

    private const int Standard = 45;

    // Not in SocketOptionName; <netinet/tcp.h> of Linux and macOS, <ws2ipdef.h> of Windows.
    private const int TcpLevel = 6;
    private const int LinuxUserTimeout = 18; // TCP_USER_TIMEOUT, milliseconds
    private const int AppleConnectionDropTime = 0x80; // TCP_RXT_CONNDROPTIME, seconds
    private const int WindowsMaxRetransmission = 5; // TCP_MAXRT, seconds

    private const int Probes = 3;

    /// <summary>The longest time until an unreachable server is detected.</summary>
    public TimeSpan Longest => TimeSpan.FromSeconds(2 * Seconds);

    /// <summary>How long a server that owes an answer may send nothing at all: as long as a few lost packets take, and a few seconds.</summary>
    public TimeSpan Answer => TimeSpan.FromSeconds(Seconds / 3.0);

    // On an idle connection TCP sends the first probe after two thirds of the limit. The last probe has failed after four thirds.
    private int IdleSeconds => Math.Max(1, Seconds * 2 / 3);

    private int IntervalSeconds => Math.Max(1, Seconds * 2 / 9);

    /// <summary>The limit for this process.</summary>
    public static SilenceLimit OfProcess { get; } = new(
        int.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)
        && seconds is > 0 and < Standard
            ? seconds
            : Standard);

    /// <summary>Sets the options that the system has. The others still help if one is missing.</summary>
    public void Apply(Socket socket)
    {
        TrySet(() => socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true));
        TrySet(() => socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, IdleSeconds));
        TrySet(() => socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, IntervalSeconds));
        TrySet(() => socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, Probes));

        // With unacknowledged bytes TCP sends no probes but retransmits, by default for a quarter of an hour.
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
