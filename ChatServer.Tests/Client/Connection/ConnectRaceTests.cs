using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ThreadedChat.ChatClient.Connection;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Client.Connection;

[TestClass]
[OSCondition(OperatingSystems.Linux)] // where every address of 127.0.0.0/8 is this machine
public sealed class ConnectRaceTests
{
    private const int NonBlocking = 0x800; // O_NONBLOCK

    private static readonly IPAddress Good = IPAddress.Parse("127.0.0.1");
    private static readonly IPAddress Hanging = IPAddress.Parse("127.0.0.2");
    private static readonly IPAddress Refused = IPAddress.Parse("127.0.0.3");
    private static readonly IPAddress OutOfReach = IPAddress.Parse("255.255.255.255");
    private static readonly ConnectRace Race = new(TimeSpan.FromMilliseconds(50), Limit.Wait);

    [TestMethod]
    public void An_unreachable_address_does_not_delay_the_next_address()
    {
        using var listener = new Listener(Good);
        using var hanging = new HangingPort(Hanging, listener.Port);

        using Socket? socket = Race.Run([Hanging, Hanging, Good], listener.Port);

        Assert.AreEqual(new IPEndPoint(Good, listener.Port), socket?.RemoteEndPoint);
    }

    [TestMethod]
    public void Addresses_that_refuse_or_cannot_be_reached_are_skipped()
    {
        using var listener = new Listener(Good);

        using Socket? socket = Race.Run([Refused, OutOfReach, Refused, Good], listener.Port);

        Assert.AreEqual(new IPEndPoint(Good, listener.Port), socket?.RemoteEndPoint);
    }

    /// <summary>Without a head start all are asked at once, and more than one may be connected: one of them is kept.</summary>
    [TestMethod]
    public void If_several_addresses_answer_one_connection_is_kept_and_the_others_are_closed()
    {
        IPAddress[] addresses = [.. Enumerable.Range(1, 8).Select(i => IPAddress.Parse($"127.0.0.{i}"))];
        using var listener = new Listener(IPAddress.Any);

        using Socket? socket = new ConnectRace(TimeSpan.Zero, Limit.Wait).Run(addresses, listener.Port);

        Assert.IsNotNull(socket);
        socket.Send("x"u8);
        int kept = 0;
        while (kept == 0 || listener.IsPending)
        {
            using Socket accepted = listener.Accept();
            kept += CountReceived(accepted);
        }

        Assert.AreEqual(1, kept);
    }

    [TestMethod]
    public void A_connection_attempt_without_an_answer_ends()
    {
        using var hanging = new HangingPort(Hanging);
        var race = new ConnectRace(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(300));

        Assert.IsNull(race.Run([Hanging, Refused, Hanging], hanging.Number));
    }

    [TestMethod]
    public void If_all_addresses_refuse_the_attempt_ends_before_its_limit()
    {
        using var port = new HeldPort();
        var race = new ConnectRace(TimeSpan.FromDays(1), TimeSpan.FromDays(1));

        Assert.IsNull(race.Run([Good, Refused, OutOfReach], port.Number));
        Assert.IsNull(race.Run([], port.Number));
    }

    /// <summary>The client blocks in its calls. A .NET socket that was once non-blocking stays so internally.</summary>
    [TestMethod]
    public void The_socket_that_is_kept_is_blocking()
    {
        using var listener = new Listener(Good);
        using var hanging = new HangingPort(Hanging, listener.Port);

        using Socket? socket = Race.Run([Hanging, Good], listener.Port);

        Assert.IsNotNull(socket);
        Assert.IsTrue(socket.Blocking);
        string flags = File.ReadLines($"/proc/self/fdinfo/{socket.Handle}").Single(line => line.StartsWith("flags:", StringComparison.Ordinal));
        Assert.AreEqual(0, Convert.ToInt32(flags["flags:".Length..].Trim(), 8) & NonBlocking, flags.ToString(CultureInfo.InvariantCulture));
    }

    private static int CountReceived(Socket socket)
    {
        try
        {
            return socket.Receive(new byte[1]);
        }
        catch (SocketException)
        {
            return 0; // closed with a reset
        }
    }

    private sealed class Listener : IDisposable
    {
        private readonly Socket _socket;

        public Listener(IPAddress address)
        {
            _socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            _socket.Bind(new IPEndPoint(address, 0));
            _socket.Listen();
        }

        public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

        public bool IsPending => _socket.Poll(0, SelectMode.SelectRead);

        public Socket Accept()
        {
            Assert.IsTrue(_socket.Poll(Limit.Wait, SelectMode.SelectRead), "A client should have connected.");
            return _socket.Accept();
        }

        public void Dispose() => _socket.Dispose();
    }
}
