using System.Net;
using System.Net.Sockets;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>Where the server listens beside its port.</summary>
[TestClass]
public sealed class ListenTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("threadedchat-");
    private readonly List<TestServer> _servers = [];

    private string SocketFile => Path.Combine(_folder.FullName, "socket");

    public void Dispose()
    {
        _servers.ForEach(server => server.Dispose());
        _folder.Remove();
    }

    [TestMethod]
    public void People_on_a_Unix_socket_and_on_a_port_meet_and_the_file_is_removed_at_the_stop()
    {
        Needs.Linux();
        TestServer server = Start(new ServerOptions { Port = 0, Listen = new() { Addresses = [Unix()] } }, out _);
        using WireClient panda = ConnectUnix();
        panda.Introduce("Panda");
        panda.Send("/create room");
        panda.Fence();
        using WireClient alice = server.Enter("Alice");

        alice.Send("/join room", "hello");

        Assert.AreSequenceEqual(["Alice has joined", "[Alice] hello"], panda.Read(2));
        panda.Dispose();
        server.Dispose();
        _servers.Clear();
        Assert.IsFalse(File.Exists(SocketFile));
    }

    [TestMethod]
    public void An_urgent_byte_on_a_Unix_socket_does_not_keep_a_client_without_a_name()
    {
        Needs.Linux();
        Start(new ServerOptions { Listen = new() { Addresses = [Unix()] }, NameTimeout = TimeSpan.FromMilliseconds(200) }, out _);
        using WireClient silent = ConnectUnix();
        try
        {
            silent.Socket.Send("!"u8, SocketFlags.OutOfBand);
        }
        catch (SocketException)
        {
            Assert.Inconclusive("This kernel has no urgent bytes on Unix sockets.");
        }

        Assert.IsEmpty(silent.ReadToEnd());
    }

    [TestMethod]
    public void A_Unix_socket_has_the_mode_that_was_asked_for()
    {
        Needs.Linux();
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Start(new ServerOptions { Listen = new() { Addresses = [Unix()], UnixMode = Mode } }, out _);

        Assert.AreEqual(Mode, File.GetUnixFileMode(SocketFile));
    }

    [TestMethod]
    public void The_file_of_a_dead_server_is_replaced()
    {
        Needs.Linux();
        string other = SocketFile + ".1";
        using (var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            dead.Bind(new UnixDomainSocketEndPoint(other));
            File.Move(other, SocketFile); // so that the end of the socket does not remove it
        }

        Assert.IsTrue(File.Exists(SocketFile));
        Start(new ServerOptions { Listen = new() { Addresses = [Unix()] } }, out _);

        using WireClient panda = ConnectUnix();
        panda.Introduce("Panda");
    }

    [TestMethod]
    public void The_file_of_a_living_server_is_left_alone()
    {
        Needs.Linux();
        Start(new ServerOptions { Listen = new() { Addresses = [Unix()] } }, out _);

        Assert.Contains($"Cannot listen on unix:{SocketFile}: it is in use already.", Refused(Unix()));

        using WireClient panda = ConnectUnix();
        panda.Introduce("Panda");
    }

    [TestMethod]
    public void A_file_that_is_no_socket_is_left_alone()
    {
        File.WriteAllText(SocketFile, "");

        Assert.Contains("there is a file with that name.", Refused(Unix()));

        Assert.IsTrue(File.Exists(SocketFile));
    }

    [TestMethod]
    public void A_path_that_is_too_long_and_a_folder_that_is_not_there_are_one_line()
    {
        Assert.Contains("Cannot listen on unix:", Refused(new ListenAddress(null, Path.Combine(_folder.FullName, new string('x', 200)))));
        Assert.Contains("Cannot listen on unix:", Refused(new ListenAddress(null, Path.Combine(_folder.FullName, "nowhere", "socket"))));
    }

    [TestMethod]
    [DataRow("0.0.0.0", "127.0.0.1", "::1")]
    [DataRow("::", "::1", "127.0.0.1")]
    [DataRow("127.0.0.2", "127.0.0.2", "127.0.0.1")]
    public void The_server_listens_at_that_address_alone(string address, string reached, string refused)
    {
        Needs.Linux();
        Start(new ServerOptions { Listen = new() { Addresses = [new ListenAddress(new IPEndPoint(IPAddress.Parse(address), 0), null)] } }, out IReadOnlyList<Listener> listeners);
        int port = ((IPEndPoint)listeners[0].Socket.LocalEndPoint!).Port;

        using WireClient panda = WireClient.Connect(port, to: IPAddress.Parse(reached));
        panda.Introduce("Panda");

        Assert.ThrowsExactly<SocketException>(() => WireClient.Connect(port, to: IPAddress.Parse(refused)));
    }

    [TestMethod]
    public void If_one_address_cannot_be_used_no_socket_is_open()
    {
        Assert.Contains("Cannot listen on 192.0.2.1:1: this machine does not have the address.", Refused(Unix(), new ListenAddress(IPEndPoint.Parse("192.0.2.1:1"), null)));

        Assert.IsFalse(File.Exists(SocketFile));
    }

    [TestMethod]
    public void An_address_in_use_is_one_line()
    {
        using Socket taken = ListenSocket.Open(0);
        int port = ((IPEndPoint)taken.LocalEndPoint!).Port;

        Assert.AreEqual($"Cannot listen on 127.0.0.1:{port}: it is in use already.", Refused(new ListenAddress(new IPEndPoint(IPAddress.Loopback, port), null)));
    }

    private ListenAddress Unix() => new(null, SocketFile);

    private TestServer Start(ServerOptions options, out IReadOnlyList<Listener> listeners)
    {
        listeners = Listeners.TryOpen(options, out string? error)!;
        Assert.IsNull(error);
        var server = new TestServer(options, listeners);
        _servers.Add(server);
        return server;
    }

    private static string Refused(params ListenAddress[] addresses)
    {
        IReadOnlyList<Listener>? listeners = Listeners.TryOpen(new ServerOptions { Listen = new() { Addresses = addresses } }, out string? error);
        Assert.IsNull(listeners);
        Assert.DoesNotContain("\n", error!);
        return error!;
    }

    private WireClient ConnectUnix()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(SocketFile));
        return new WireClient(socket);
    }
}
