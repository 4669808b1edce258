using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>The assignment's scene of clients whose messages arrive in pieces.</summary>
[TestClass]
public sealed class SplitMessageTests
{
    private const int Times = 10;

    [TestMethod]
    public void Messages_in_random_pieces_arrive_whole()
    {
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        using var server = new TestServer();
        WireClient alice = server.Gather("split_messages", "Alice")[0];
        WireClient panda = server.Connect();

        SendInPieces(random, (panda, WireFrame.Encode(["Panda", "/join split_messages"])));
        Assert.AreEqual("Panda has joined", alice.Read(), $"Seed {seed}");
        for (int i = 0; i < Times; i++)
        {
            SendInPieces(random, (panda, WireFrame.Encode($"Hi, this is number {i}. 🐼")));
            Assert.AreEqual($"[Panda] Hi, this is number {i}. 🐼", alice.Read(), $"Seed {seed}");
        }
    }

    [TestMethod]
    public void The_pieces_of_two_clients_are_not_mixed_up()
    {
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        using var server = new TestServer();
        WireClient[] room = server.Gather("split_messages", "Alice", "Panda", "Bob");

        for (int i = 0; i < Times; i++)
        {
            SendInPieces(
                random,
                (room[1], WireFrame.Encode($"{new string('p', 150)} {i}")),
                (room[2], WireFrame.Encode($"{new string('b', 150)} {i}")));

            CollectionAssert.AreEquivalent(
                new[] { $"[Panda] {new string('p', 150)} {i}", $"[Bob] {new string('b', 150)} {i}" },
                room[0].Read(2),
                $"Seed {seed}");
        }
    }

    [TestMethod]
    public void Half_a_frame_of_one_client_does_not_hold_up_another()
    {
        using var server = new TestServer();
        WireClient[] room = server.Gather("split_messages", "Alice", "Panda", "Bob");
        byte[] frame = WireFrame.Encode("first half, second half");

        room[1].SendBytes(frame.AsSpan(0, 11));
        room[2].Send("meanwhile");
        Assert.AreEqual("[Bob] meanwhile", room[0].Read());
        room[1].SendBytes(frame.AsSpan(11));

        Assert.AreEqual("[Panda] first half, second half", room[0].Read());
    }

    /// <summary>Sends each client's bytes in random pieces, in random turns.</summary>
    private static void SendInPieces(Random random, params (WireClient Client, byte[] Bytes)[] streams)
    {
        int[] sent = new int[streams.Length];
        while (Array.FindIndex(streams, stream => sent[Array.IndexOf(streams, stream)] < stream.Bytes.Length) >= 0)
        {
            int i = random.Next(streams.Length);
            int piece = random.Next(Math.Min(60, streams[i].Bytes.Length - sent[i]) + 1);
            streams[i].Client.SendBytes(streams[i].Bytes.AsSpan(sent[i], piece));
            sent[i] += piece;
        }
    }
}
