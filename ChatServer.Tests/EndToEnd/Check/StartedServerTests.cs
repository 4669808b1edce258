using System.Net;
using System.Net.Sockets;
using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Check;

/// <summary>How a server that was started is found.</summary>
[TestClass]
public sealed class StartedServerTests
{
    private const string ListensElsewhere = "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen(5); print('ready', flush=True); s.accept()";

    private static readonly Timeouts Limits = new();

    [TestMethod]
    [DataRow("127.0.0.1")]
    [DataRow("0.0.0.0")]
    [DataRow("127.0.1.1")]
    [DataRow("::1")]
    [DataRow("::")]
    public void A_server_is_found_on_any_address_of_this_machine(string address)
    {
        Needs.Linux();
        using var server = new StartedServer(Source(address, isDual: false), Limits);

        using Socket socket = server.Connect();

        Assert.IsTrue(socket.Connected);
    }

    [TestMethod]
    public void A_server_that_takes_both_families_is_found()
    {
        using var server = new StartedServer(Source("::", isDual: true), Limits);

        using Socket socket = server.Connect();

        Assert.IsTrue(socket.Connected);
    }

    [TestMethod]
    public void The_first_connection_that_a_server_sees_is_the_first_one_of_a_case()
    {
        Needs.Linux();
        Socket? listener = null;
        using var server = new StartedServer(Source("127.0.0.1", isDual: false, made => listener = made), Limits);

        server.EnsureStarted();

        Assert.IsFalse(listener!.Poll(TimeSpan.Zero, SelectMode.SelectRead), "A client has connected.");
    }

    [TestMethod]
    [DataRow(false, false, 1)]
    [DataRow(false, true, 0)]
    [DataRow(true, false, 2)]
    [DataRow(true, true, 1)]
    public void Servers_are_started_ahead_and_used_one_after_the_other(bool isSlow, bool onlyIfSlow, int ahead)
    {
        Needs.Linux();
        if (isSlow && Environment.ProcessorCount == 1)
        {
            Assert.Inconclusive("Needs two processors.");
        }

        int starts = 0;
        using var server = new StartedServer(
            Source("127.0.0.1", isDual: false, _ => starts++), Limits with { SlowStart = isSlow ? TimeSpan.Zero : TimeSpan.MaxValue });
        server.EnsureStarted();

        server.PrepareNext(onlyIfSlow);
        server.PrepareNext(onlyIfSlow); // there is nothing more to do

        Assert.AreEqual(1 + ahead, starts);
        for (int i = 0; i <= ahead; i++)
        {
            using Socket socket = server.Connect();
            Assert.IsTrue(socket.Connected);
            server.Renew();
        }

        Assert.AreEqual(1 + ahead, starts);
    }

    [TestMethod]
    public void A_server_that_listens_on_another_port_is_reported_with_its_last_line()
    {
        Needs.Linux();
        Needs.Program("python3");
        using var server = new StartedServer(
            PythonPrograms.Inline(ListensElsewhere, "{port}"), new Timeouts { Start = TimeSpan.FromSeconds(10) });

        string why = Assert.ThrowsExactly<CannotStartException>(server.EnsureStarted).Why.In(Language.English);

        Assert.Contains("The program listens on 127.0.0.1:", why);
        Assert.Contains("instead. The last line that it printed: ready", why);
    }

    [TestMethod]
    public void A_program_that_does_not_listen_is_reported()
    {
        Needs.Linux();
        using var server = new StartedServer(
            new CommandSource(new CommandTemplate(["sleep", "60", "{port}"])), new Timeouts { Start = TimeSpan.FromMilliseconds(500) });

        CannotStartException told = Assert.ThrowsExactly<CannotStartException>(server.EnsureStarted);

        Assert.Contains("listen", told.Why.English);
    }

    [TestMethod]
    public void A_port_of_another_program_is_not_taken_for_the_program()
    {
        Needs.Linux();
        Needs.Program("python3");
        using var stranger = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        stranger.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        stranger.Listen();
        int port = ((IPEndPoint)stranger.LocalEndPoint!).Port;
        using IProgram program = PythonPrograms.Inline("input()", "{port}").Start(new ProgramArguments(port));

        var listening = new Listening(program, port);

        Assert.IsEmpty(listening.Addresses(acceptStrangers: false));
        Assert.HasCount(1, listening.Addresses(acceptStrangers: true));
    }

    [TestMethod]
    [DataRow("127.0.0.1", "127.0.0.1")]
    [DataRow("::1", "::1")]
    [DataRow("::", "127.0.0.1")]
    public void Bytes_count_as_read_once_the_program_has_read_them(string listens, string connects)
    {
        Needs.Linux();
        if (SocketDiagnosis.Listeners() is null)
        {
            Assert.Inconclusive("Needs a kernel that answers questions about sockets (sock_diag).");
        }

        IPAddress address = IPAddress.Parse(listens);
        using var listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (address.Equals(IPAddress.IPv6Any))
        {
            listener.DualMode = true;
        }

        listener.Bind(new IPEndPoint(address, 0));
        listener.Listen();
        int port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        IPAddress target = IPAddress.Parse(connects);
        using var here = new Socket(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        here.Connect(target, port);
        using Socket there = listener.Accept();
        here.Send(new byte[7]);
        var ends = ((IPEndPoint)here.LocalEndPoint!, (IPEndPoint)here.RemoteEndPoint!);

        Assert.AreEqual(
            Assert.ContainsSingle(TcpTable.ListenersInFiles().Where(one => one.Address.Port == port)),
            Assert.ContainsSingle(SocketDiagnosis.Listeners()!.Where(one => one.Address.Port == port)));
        Eventually.True(() => SocketDiagnosis.Look(ends.Item1, ends.Item2) == SocketDiagnosis.PeerState.HasUnread, "what was sent should be seen as not read");
        Assert.IsTrue(TcpTable.HasUnreadInFiles(ends.Item1, ends.Item2));
        there.Receive(new byte[100]);
        Assert.AreEqual(SocketDiagnosis.PeerState.HasRead, SocketDiagnosis.Look(ends.Item1, ends.Item2));
        Assert.IsFalse(TcpTable.HasUnreadInFiles(ends.Item1, ends.Item2));
        here.Shutdown(SocketShutdown.Send);
        Eventually.True(() => TcpTable.HasUnread(ends.Item1, ends.Item2) == true, "an end of the stream that was not read is unread too");
        there.Dispose();
        here.Dispose();
        Eventually.True(() => TcpTable.HasUnread(ends.Item1, ends.Item2) is null or false, "a connection that is closed has nothing unread");
        Eventually.True(() => TcpTable.HasUnreadInFiles(ends.Item1, ends.Item2) is null or false, "the list says the same");
    }

    private static DoubleSource Source(string address, bool isDual, Action<Socket>? made = null) => new DoubleSource(arguments =>
    {
        IPAddress ip = IPAddress.Parse(address);
        var listener = new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (ip.AddressFamily == AddressFamily.InterNetworkV6)
            {
                listener.DualMode = isDual;
            }

            listener.Bind(new IPEndPoint(ip, arguments.Port));
            listener.Listen();
        }
        catch (SocketException e)
        {
            Assert.Inconclusive($"This machine has no {address}: {e.Message}");
        }

        made?.Invoke(listener);
        var stopped = new ManualResetEventSlim();
        return new DoubleProgram(
            _ =>
            {
                stopped.Wait();
                return 0;
            },
            () =>
            {
                listener.Dispose();
                stopped.Set();
            });
    });
}
