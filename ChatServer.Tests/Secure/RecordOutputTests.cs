using System.Net;
using System.Net.Sockets;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.ChatServer.Secure;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Secure;

/// <summary>What is made for a peer and not sent yet; the test is the writer.</summary>
[TestClass]
public sealed class RecordOutputTests : IDisposable
{
    private readonly Socket _listener = ListenSocket.Open(0);
    private readonly Socket _peer = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Socket _accepted;
    private readonly RecordOutput _output;

    public RecordOutputTests()
    {
        _peer.Connect(IPAddress.Loopback, ((IPEndPoint)_listener.LocalEndPoint!).Port);
        _accepted = _listener.Accept();
        _output = new RecordOutput(_accepted);
    }

    public void Dispose()
    {
        _accepted.Dispose();
        _peer.Dispose();
        _listener.Dispose();
    }

    [TestMethod]
    public void What_was_added_goes_out_at_once_while_there_is_space()
    {
        _output.Add([1, 2]);
        _output.Add([3]);
        Assert.AreEqual(3, _output.Count);

        Assert.AreEqual((1, 3), (_output.Send(out int sent), sent));

        Assert.AreEqual(0, _output.Count);
        var received = new byte[3];
        Assert.AreEqual(3, _peer.Receive(received));
        Assert.AreSequenceEqual(new byte[] { 1, 2, 3 }, received);
        Assert.AreEqual((1, 0), (_output.Send(out sent), sent), "Nothing is left.");
    }

    [TestMethod]
    public void Bytes_that_are_added_while_the_writer_sends_arrive_in_order_and_once()
    {
        const int Pieces = 5_000;
        TestThread adder = TestThread.Start("the reader", () =>
        {
            for (int i = 0; i < Pieces; i++)
            {
                _output.Add([.. Enumerable.Repeat((byte)i, 1_000)]);
            }
        });
        TestThread peer = TestThread.Start("the peer", () =>
        {
            using var stream = new NetworkStream(_peer);
            var piece = new byte[1_000];
            for (int i = 0; i < Pieces; i++)
            {
                stream.ReadExactly(piece);
                Assert.IsFalse(piece.AsSpan().ContainsAnyExcept((byte)i), $"piece {i}");
            }
        });

        long total = 0;
        Eventually.True(
            () =>
            {
                Assert.IsGreaterThanOrEqualTo(0, _output.Send(out int sent));
                total += sent;
                return total == Pieces * 1_000;
            },
            "all should be sent");

        adder.AwaitEnd();
        peer.AwaitEnd();
        Assert.AreEqual(0, _output.Count);
    }

    [TestMethod]
    public void What_finds_no_space_is_counted_until_it_is_sent()
    {
        long added = 0;
        long taken = 0;
        int result;
        do
        {
            _output.Add(new byte[64 * 1024]);
            added += 64 * 1024;
            result = _output.Send(out int sent);
            taken += sent;
        }
        while (result == 1);

        Assert.AreEqual(0, result);
        Assert.AreEqual(added - taken, _output.Count);
    }

    [TestMethod]
    public void A_lost_connection_is_reported()
    {
        _accepted.Dispose();
        _output.Add([1]);

        Assert.IsLessThan(0, _output.Send(out _));
    }
}
