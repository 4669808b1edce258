using System.Net.Sockets;
using ThreadedChat.ChatServer.Tests.Doubles;
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
    public void What_the_server_had_not_handled_yet_is_delivered_or_its_sender_sees_a_reset()
    {
        using var server = new TestServer(new ServerOptions { DrainTimeout = Limit.Wait });
        (WireClient panda, WireClient alice) = server.Gather("room", "Panda", "Alice");
        WireClient late = server.Connect(receiveBuffer: 4096);
        late.Send("Late", "/join room");
        panda.ReadUntil("Late has joined");
        alice.ReadUntil("Late has joined");
        string[] texts = [.. Enumerable.Range(0, 2_000).Select(i => $"message {i}")];
        string[] shown = [.. texts.Select(text => $"[Panda] {text}")];
        Task<string[]> heard = Task.Run(alice.ReadToEnd);
        panda.Send(texts); // Late does not read, so the reader of Panda waits, and the rest is not received

        Task stop = server.BeginStop();
        string[] got = late.ReadToEnd();
        bool isCleanEnd = EndsCleanly(panda);

        got.MustBe(shown.Take(got.Length), "without a gap");
        Eventually.Ended(heard, "Alice should have seen the end");
        Eventually.Ended(stop, "the server should have stopped");
        if (isCleanEnd)
        {
            Assert.AreEqual(texts.Length, got.Length, "Panda was told that all was taken.");
            Assert.AreEqual(texts.Length, heard.Result.Length, "Panda was told that all was taken.");
        }
    }

    [TestMethod]
    public void A_client_that_sends_without_a_pause_sees_a_reset_and_has_all_frames_before_it()
    {
        Needs.Linux(); // elsewhere the server reads and discards until the peer closes
        using var server = new TestServer(new ServerOptions { DrainTimeout = Limit.Wait });
        (WireClient panda, WireClient alice) = server.Gather("room", "Panda", "Alice");
        string[] texts = [.. Enumerable.Range(0, 200).Select(i => $"message {i}")];
        alice.Send(texts);
        alice.Fence();
        TestThread sender = TestThread.Start("the sender", () =>
        {
            try
            {
                while (true)
                {
                    panda.Send(Enumerable.Repeat("/list", 100)); // 20 KB
                }
            }
            catch (SocketException)
            {
                // The connection is reset.
            }
        });
        Eventually.True(() => panda.Socket.Available > 0, "it should be answered");

        Task stop = server.BeginStop();

        string[] got = panda.ReadToAnyEnd();
        sender.AwaitEnd();
        Assert.AreEqual(texts.Length, got.Count(text => text.StartsWith("[Alice] ", StringComparison.Ordinal)));
        Assert.IsEmpty(alice.ReadToEnd());
        Eventually.Ended(stop, "the server should have stopped, although Panda has not closed");
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

    /// <summary>True if the stream ends; false if the connection is reset.</summary>
    private static bool EndsCleanly(WireClient client)
    {
        try
        {
            return client.ReadToEnd() is not null;
        }
        catch (AssertFailedException)
        {
            return false;
        }
    }
}
