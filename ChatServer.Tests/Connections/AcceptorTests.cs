using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Connections;

[TestClass]
public sealed class AcceptorTests : IDisposable
{
    private readonly Socket _listener = ListenSocket.Open(0);
    private readonly Faults _faults = new(NullLogger.Instance);
    private readonly int _port;

    public AcceptorTests() => _port = ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public void Dispose() => _listener.Dispose();

    [TestMethod]
    public void Each_connection_is_handed_on_in_the_order_in_which_it_came()
    {
        var accepted = new List<EndPoint?>();
        Socket first = Connect();
        Socket second = Connect();
        using var acceptor = new Acceptor(_listener, socket => Add(accepted, socket), _faults, NullLogger.Instance);

        acceptor.Start();

        Eventually.True(() => Count(accepted) == 2, "both connections should be handed on");
        Assert.AreSequenceEqual([PortOf(first), PortOf(second)], accepted.Select(peer => ((IPEndPoint)peer!).Port));
        first.Dispose();
        second.Dispose();
    }

    [TestMethod]
    public void A_connection_that_cannot_be_admitted_is_closed_and_the_next_one_is_accepted()
    {
        var accepted = new List<EndPoint?>();
        int calls = 0;
        using var acceptor = new Acceptor(
            _listener,
            socket =>
            {
                if (Interlocked.Increment(ref calls) == 1)
                {
                    throw new InsufficientMemoryException();
                }

                Add(accepted, socket);
            },
            _faults,
            NullLogger.Instance);
        acceptor.Start();

        using Socket first = Connect();
        Assert.AreEqual(0, first.Receive(new byte[1]), "The stream of the first client ends.");
        using Socket second = Connect();

        Eventually.True(() => Count(accepted) == 1, "the second client should be handed on");
        Assert.AreEqual(1, _faults.Count);
    }

    [TestMethod]
    [TestCategory(SlowTest.Category)]
    public void If_accepting_fails_the_pauses_double_up_to_a_second()
    {
        var log = new LineLog();
        var lines = new List<string>();
        _listener.Dispose();
        using var acceptor = new Acceptor(_listener, _ => Assert.Fail("There is no connection."), _faults, log);

        acceptor.Start();
        Eventually.True(
            () =>
            {
                lines.AddRange(log.Take());
                return lines.Count >= 8;
            },
            "the acceptor should try again and again");

        string[] pauses = [.. lines.Take(8).Select(line => line[line.IndexOf("next try", StringComparison.Ordinal)..])];
        Assert.AreSequenceEqual(
            ((int[])[10, 20, 40, 80, 160, 320, 640, 1000]).Select(pause => $"next try in {pause} ms"),
            pauses);
        Assert.AreEqual(0, _faults.Count);
    }

    [TestMethod]
    public void A_stop_ends_a_thread_that_waits_for_a_connection_and_tells_no_failure()
    {
        var log = new LineLog();
        var accepted = new List<EndPoint?>();
        var acceptor = new Acceptor(_listener, socket => Add(accepted, socket), _faults, log);
        acceptor.Start();
        using Socket client = Connect();
        Eventually.True(() => Count(accepted) == 1, "the client should be handed on");

        acceptor.Dispose();

        Assert.IsEmpty(log.Take());
        Assert.AreEqual(0, _faults.Count);
        using var late = new Socket(SocketType.Stream, ProtocolType.Tcp);
        Assert.ThrowsExactly<SocketException>(() => late.Connect(IPAddress.Loopback, _port));
    }

    [TestMethod]
    public void A_connection_that_is_one_of_the_last_files_is_not_handed_on()
    {
        Needs.Linux();
        var accepted = new List<EndPoint?>();
        var log = new LineLog();
        var acceptor = new Acceptor(_listener, socket => Add(accepted, socket), _faults, log, files: new FreeFiles(FreeFiles.Kept));
        acceptor.Start();
        using Socket client = Connect();
        string lines = "";
        Eventually.True(() => (lines += string.Concat(log.Take())).Contains("the last files", StringComparison.Ordinal), "the acceptor should log it");

        acceptor.Dispose();

        Assert.AreEqual(0, client.Receive(new byte[1]), "It is closed with the acceptor.");
        Assert.AreEqual(0, Count(accepted));
        Assert.IsTrue(new FreeFiles(null).MayKeep(client));
        Assert.IsTrue(new FreeFiles(client.Handle + FreeFiles.Kept + 1).MayKeep(client));
        Assert.IsFalse(new FreeFiles(client.Handle + FreeFiles.Kept).MayKeep(client));
    }

    private static int PortOf(Socket client) => ((IPEndPoint)client.LocalEndPoint!).Port;

    private static void Add(List<EndPoint?> accepted, Socket socket)
    {
        lock (accepted)
        {
            accepted.Add(socket.RemoteEndPoint);
        }

        socket.Dispose();
    }

    private static int Count(List<EndPoint?> accepted)
    {
        lock (accepted)
        {
            return accepted.Count;
        }
    }

    private Socket Connect()
    {
        var client = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = (int)Limit.Wait.TotalMilliseconds };
        client.Connect(IPAddress.Loopback, _port);
        return client;
    }
}
