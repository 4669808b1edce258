using System.Net.Sockets;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>What clients see when the server stops.</summary>
[TestClass]
public sealed class StopTests
{
    [TestMethod]
    public void Queued_frames_arrive_before_the_end_of_the_stream()
    {
        using var server = new TestServer(new ServerOptions { DrainTimeout = Limit.Wait });
        WireClient panda = server.Gather("room", "Panda")[0];
        WireClient late = server.Connect(receiveBuffer: 4096);
        late.Send("Late", "/join room");
        Assert.AreEqual("Late has joined", panda.Read());
        string[] texts = [.. Enumerable.Range(0, 1000).Select(i => $"message {i}")];
        panda.Send(texts);
        panda.Fence();

        Task stop = server.BeginStop();

        // Panda first: when it sees the end, the server is stopping and most of Late's frames are still queued.
        Assert.IsEmpty(panda.ReadToEnd());
        late.ReadToEnd().MustBe(texts.Select(text => $"[Panda] {text}"));
        panda.Dispose();
        late.Dispose();
        Eventually.Ended(stop, "the server should have stopped");
    }

    [TestMethod]
    public void Every_client_gets_the_end_of_the_stream()
    {
        using var server = new TestServer(new ServerOptions { DrainTimeout = Limit.Wait });
        WireClient[] clients = [.. server.Gather("room", "Panda", "Alice"), server.Enter("Bob"), server.Connect()];
        clients[0].SendBytes("a frame begun"u8);
        server.AwaitConnections(4);

        Task stop = server.BeginStop();

        Assert.IsTrue(clients.All(client => client.ReadToEnd().Length == 0));
        foreach (WireClient client in clients)
        {
            client.Dispose();
        }

        Eventually.Ended(stop, "the server should have stopped");
    }

    [TestMethod]
    public void A_stop_waits_a_bounded_time_for_a_client_that_never_reads()
    {
        using var server = new TestServer(new ServerOptions { DrainTimeout = TimeSpan.FromMilliseconds(200) });
        WireClient panda = server.Gather("room", "Panda")[0];
        WireClient deaf = server.Connect(receiveBuffer: 4096);
        deaf.Send("Deaf", "/join room");
        Assert.AreEqual("Deaf has joined", panda.Read());
        panda.Send(Enumerable.Repeat("are you there?", 1000));
        panda.Fence();

        Eventually.Ended(server.BeginStop(), "the server should have stopped without its client");
    }

    [TestMethod]
    public void A_stop_waits_a_bounded_time_for_a_client_that_does_not_close()
    {
        using var server = new TestServer(new ServerOptions { DrainTimeout = TimeSpan.FromMilliseconds(200) });
        server.Enter("Panda");

        Eventually.Ended(server.BeginStop(), "the server should have stopped without its client");
    }

    [TestMethod]
    public void A_stopped_server_accepts_no_client()
    {
        using var server = new TestServer();

        Eventually.Ended(server.BeginStop(), "the server should have stopped");

        Assert.ThrowsExactly<SocketException>(() => WireClient.Connect(server.Port));
    }
}
