using System.Net;
using System.Net.Sockets;
using ThreadedChat.ChatServer.Machine;

namespace ThreadedChat.ChatServer.Tests.Machine;

[TestClass]
public sealed class TcpSettingsTests
{
    [TestMethod]
    public void An_accepted_socket_inherits_the_settings_of_the_listener()
    {
        using Socket listener = ListenSocket.Open(0);
        TcpSettings.Apply(listener, sendBufferBytes: 32 * 1024, keepAliveSeconds: 7, userTimeout: TimeSpan.FromSeconds(1.5));

        using var peer = new Socket(SocketType.Stream, ProtocolType.Tcp);
        peer.Connect(IPAddress.Loopback, ((IPEndPoint)listener.LocalEndPoint!).Port);
        using Socket accepted = listener.Accept();

        Assert.IsTrue(accepted.NoDelay, "Nagle's algorithm is off.");
        Assert.AreEqual(Read(listener, SocketOptionLevel.Socket, SocketOptionName.SendBuffer), accepted.SendBufferSize);
        Assert.AreNotEqual(0, Read(accepted, SocketOptionLevel.Socket, SocketOptionName.KeepAlive));
        Assert.AreEqual(7, Read(accepted, SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime));
        Assert.AreEqual(10, Read(accepted, SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval));
        Assert.AreEqual(3, Read(accepted, SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount));
    }

    /// <summary>A peer may connect before the server has started, and then it may send: the system would hold megabytes of it.</summary>
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void The_kernel_holds_little_unread_input_of_a_peer(bool isStarted)
    {
        using Socket listener = ListenSocket.Open(0);
        using var byDefault = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = TcpSettings.ReceiveBufferBytes };
        if (isStarted)
        {
            TcpSettings.Apply(listener, sendBufferBytes: 32 * 1024, keepAliveSeconds: 7, userTimeout: TimeSpan.FromSeconds(1.5));
        }

        using var peer = new Socket(SocketType.Stream, ProtocolType.Tcp);
        peer.Connect(IPAddress.Loopback, ((IPEndPoint)listener.LocalEndPoint!).Port);
        using Socket accepted = listener.Accept();

        Assert.AreEqual(byDefault.ReceiveBufferSize, accepted.ReceiveBufferSize);
        Assert.IsLessThanOrEqualTo(2 * TcpSettings.ReceiveBufferBytes, accepted.ReceiveBufferSize);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void An_accepted_socket_gives_up_on_a_peer_that_acknowledges_nothing()
    {
        const int TcpLevel = 6;
        const int UserTimeout = 18;
        using Socket listener = ListenSocket.Open(0);
        TcpSettings.Apply(listener, sendBufferBytes: 32 * 1024, keepAliveSeconds: 7, userTimeout: TimeSpan.FromSeconds(1.5));

        using var peer = new Socket(SocketType.Stream, ProtocolType.Tcp);
        peer.Connect(IPAddress.Loopback, ((IPEndPoint)listener.LocalEndPoint!).Port);
        using Socket accepted = listener.Accept();

        var milliseconds = new byte[sizeof(int)];
        accepted.GetRawSocketOption(TcpLevel, UserTimeout, milliseconds);
        Assert.AreEqual(1_500, BitConverter.ToInt32(milliseconds));
    }

    private static int Read(Socket socket, SocketOptionLevel level, SocketOptionName name) =>
        (int)socket.GetSocketOption(level, name)!;
}
