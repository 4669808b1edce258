using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>docs/protocol.md, section 3: whatever happens at once, all members of a channel see it in one and the same order.</summary>
[TestClass]
public sealed class OneOrderTests
{
    private const int Senders = 6;
    private const int Messages = 80;
    private const int Moves = 25;

    private static readonly string[] SenderNames = [.. Enumerable.Range(0, Senders).Select(i => $"Sender-{i}")];

    [TestMethod]
    public void All_members_see_all_messages_in_the_same_order_and_each_senders_own_order_is_kept()
    {
        using var server = new TestServer();
        WireClient[] room = server.Gather("room", [.. SenderNames, "Watcher", "Witness"]);

        Together.Run(room.Take(Senders).Select(Talk));
        string[] watched = room[^2].Read(Senders * Messages);

        room[^1].Read(Senders * Messages).MustBe(watched);
        for (int i = 0; i < Senders; i++)
        {
            string prefix = $"[{SenderNames[i]}] ";
            string[] own = [.. watched.Where(text => text.StartsWith(prefix, StringComparison.Ordinal))];
            own.MustBe(Enumerable.Range(0, Messages).Select(n => $"{prefix}{n}"));
            room[i].Fence().MustBe(watched.Except(own), $"{SenderNames[i]} sees the same, without its own.");
        }
    }

    [TestMethod]
    public void Who_comes_and_goes_does_so_at_the_same_point_for_all()
    {
        using var server = new TestServer();
        WireClient[] room = server.Gather("room", [.. SenderNames, "Watcher", "Witness", "Mover"]);
        const int Frames = (Senders * Messages) + (2 * Moves);

        Together.Run([.. room.Take(Senders).Select(Talk), () => Move(room[^1])]);
        string[] watched = room[Senders].Read(Frames);

        room[Senders + 1].Read(Frames).MustBe(watched);
        watched.Where(text => text.StartsWith("Mover", StringComparison.Ordinal)).MustBe(
            Enumerable.Range(0, 2 * Moves).Select(i => i % 2 == 0 ? "Mover has left" : "Mover has joined"));
        for (int i = 0; i < Senders; i++)
        {
            string prefix = $"[{SenderNames[i]}] ";
            room[i].Fence().MustBe(watched.Where(text => !text.StartsWith(prefix, StringComparison.Ordinal)));
        }
    }

    [TestMethod]
    public void Who_comes_and_goes_gets_exactly_what_was_said_while_it_was_there()
    {
        using var server = new TestServer();
        WireClient[] room = server.Gather("room", [.. SenderNames, "Watcher", "Mover"]);

        Together.Run([.. room.Take(Senders).Select(Talk), () => Move(room[^1])]);
        string[] watched = room[^2].Read((Senders * Messages) + (2 * Moves));

        bool isThere = true;
        var expected = new List<string>();
        foreach (string text in watched)
        {
            if (text is "Mover has left" or "Mover has joined")
            {
                isThere = text == "Mover has joined";
            }
            else if (isThere)
            {
                expected.Add(text);
            }
        }

        room[^1].Fence().MustBe(expected);
    }

    [TestMethod]
    public void Of_many_who_create_a_channel_at_once_exactly_one_succeeds()
    {
        using var server = new TestServer();
        WireClient[] clients = [.. SenderNames.Select(server.Enter)];

        for (int round = 0; round < 20; round++)
        {
            string channel = $"channel-{round}";
            Together.Run(clients.Select<WireClient, Action>(client => () => client.Send($"/create {channel}")));

            int refused = clients.Sum(client => client.Fence().Count(
                text => text == $"Room {channel} already exists, so cannot be created."));
            Assert.AreEqual(Senders - 1, refused, channel);
        }
    }

    private static Action Talk(WireClient sender) => () =>
    {
        for (int i = 0; i < Messages; i++)
        {
            sender.Send($"{i}");
        }
    };

    /// <summary>Goes out of the channel and comes back; waits now and then, so that it meets the senders.</summary>
    private static void Move(WireClient mover)
    {
        for (int i = 0; i < Moves; i++)
        {
            mover.Send("/join room");
            Thread.Yield();
        }
    }
}
