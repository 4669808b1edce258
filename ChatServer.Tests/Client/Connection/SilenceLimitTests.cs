using System.Net;
using System.Net.Sockets;
using ThreadedChat.ChatClient.Connection;

namespace ThreadedChat.ChatServer.Tests.Client.Connection;

[TestClass]
public sealed class SilenceLimitTests
{
    private const int TcpLevel = 6;

    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(90);

    [TestMethod]
    public void A_silent_server_is_probed_and_given_up_in_the_promised_time()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        SilenceLimit.OfProcess.Apply(socket);

        Assert.AreNotEqual(0, Read(socket, SocketOptionLevel.Socket, SocketOptionName.KeepAlive));
        int idle = Read(socket, SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime);
        int interval = Read(socket, SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval);
        int probes = Read(socket, SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount);
        Assert.IsLessThanOrEqualTo(Promised * 0.75, TimeSpan.FromSeconds(idle + (interval * probes)));
        Assert.IsLessThanOrEqualTo(Promised, SilenceLimit.OfProcess.Longest);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void Unacknowledged_bytes_have_the_same_limit_on_Linux() => MustHaveLimit(18, 45_000);

    [TestMethod]
    [OSCondition(OperatingSystems.OSX)]
    public void Unacknowledged_bytes_have_the_same_limit_on_macOS() => MustHaveLimit(0x80, 45);

    [TestMethod]
    [OSCondition(OperatingSystems.Windows)]
    public void Unacknowledged_bytes_have_the_same_limit_on_Windows() => MustHaveLimit(5, 45);

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(44)]
    public void A_small_limit_is_valid_for_a_socket(int seconds)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        new SilenceLimit(seconds).Apply(socket);

        Assert.IsInRange(1, seconds, Read(socket, SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime));
        Assert.IsInRange(1, seconds, Read(socket, SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval));
    }

    /// <summary>A system may reject any of the options, as one rejects all of TCP's on a socket that is no TCP.</summary>
    [TestMethod]
    public void Options_that_a_system_rejects_are_skipped()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        SilenceLimit.OfProcess.Apply(socket);

        Assert.Throws<SocketException>(() => Read(socket, SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime));
    }

    private static void MustHaveLimit(int option, int value)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        SilenceLimit.OfProcess.Apply(socket);

        var limit = new byte[sizeof(int)];
        socket.GetRawSocketOption(TcpLevel, option, limit);
        Assert.AreEqual(value, BitConverter.ToInt32(limit));
    }

    private static int Read(Socket socket, SocketOptionLevel level, SocketOptionName name) => (int)socket.GetSocketOption(level, name)!;
}
