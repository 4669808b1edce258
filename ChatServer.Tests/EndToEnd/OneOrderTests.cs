using ThreadedChat.ChatServer.History;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>docs/protocol.md, section 3: all members of a channel see all concurrent events in the same order.</summary>
[TestClass]
public sealed class OneOrderTests
{
    private const int Senders = 4;
    private const int Moves = 25;
    private const int Rounds = 8;

    /// <summary>The messages of one sender: fewer bytes than the soft limit, so no sender waits.</summary>
    private const int Messages = 250;

    /// <summary>Many, so that a delivery to all takes long enough for another message to arrive in between.</summary>
    private const int Watchers = 24;

    private static readonly string[] SenderNames = [.. Enumerable.Range(0, Senders).Select(i => $"Sender-{i}")];
    private static readonly string[] WatcherNames = [.. Enumerable.Range(0, Watchers).Select(i => $"Watcher-{i}")];

    [TestMethod]
    public void All_members_see_all_messages_in_the_same_order_and_each_senders_own_order_is_kept()
    {
        using var server = new TestServer();
        WireClient[] room = server.Gather("room", [.. SenderNames, .. WatcherNames]);

        for (int round = 0; round < Rounds; round++)
        {
            Together.Run(room.Take(Senders).Select(Talk));
            string[] watched = AssertSameForAll(room, Senders * Messages);

            foreach (string prefix in SenderNames.Select(name => $"[{name}] "))
            {
                watched.Where(text => text.StartsWith(prefix, StringComparison.Ordinal))
                    .MustBe(Enumerable.Range(0, Messages).Select(n => $"{prefix}{n}"));
            }
        }
    }

    [TestMethod]
    public void The_history_has_the_order_that_all_members_have_seen_and_private_messages_change_nothing()
    {
        using var folder = new HistoryFolder();
        string[] said;
        using (var server = new TestServer(new ServerOptions { Extended = true, History = new HistorySettings(folder.File) }))
        {
            WireClient[] room = server.Gather("room", [.. SenderNames, .. WatcherNames]);
            WireClient receiver = server.Enter("Receiver");

            Together.Run([.. room.Take(Senders).Select(Talk), () => room[^1].Send(Enumerable.Range(0, Messages).Select(n => $"/msg Receiver {n}"))]);

            string[] watched = AssertSameForAll(room, Senders * Messages);
            receiver.Read(Messages).MustBe(Enumerable.Range(0, Messages).Select(n => $"[[{WatcherNames[^1]}]] {n}"));
            room[^1].Send("/history 200");
            string[] history = room[^1].Read(200);
            history.Select(line => line["2026-11-25 12:04 ".Length..]).MustBe(watched.TakeLast(200));
            said = [.. watched.Select(text => text[(text.IndexOf(']', StringComparison.Ordinal) + 2)..])];
        }

        folder.Texts().MustBe(said, "The file has what the members have seen.");
    }

    [TestMethod]
    public void A_join_and_a_leave_have_the_same_place_in_the_order_for_all_members()
    {
        using var server = new TestServer();
        WireClient[] room = server.Gather("room", [.. SenderNames, .. WatcherNames, "Mover"]);

        Together.Run([.. room.Take(Senders).Select(Talk), () => Move(room[^1])]);
        string[] watched = AssertSameForAll(room, (Senders * Messages) + (2 * Moves));

        watched.Where(text => text.StartsWith("Mover", StringComparison.Ordinal)).MustBe(
            Enumerable.Range(0, 2 * Moves).Select(i => i % 2 == 0 ? "Mover has left" : "Mover has joined"));
    }

    [TestMethod]
    public void A_member_gets_exactly_the_messages_between_its_join_and_its_leave()
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

    /// <summary>
    /// Each watcher must receive the same frames in the same order, and each sender the same without its own. Returns these frames.
    /// </summary>
    private static string[] AssertSameForAll(WireClient[] room, int frames)
    {
        string[] watched = room[Senders].Read(frames);
        for (int i = 1; i < Watchers; i++)
        {
            room[Senders + i].Read(frames).MustBe(watched, $"{WatcherNames[i]} sees what {WatcherNames[0]} sees.");
        }

        for (int i = 0; i < Senders; i++)
        {
            string prefix = $"[{SenderNames[i]}] ";
            room[i].Fence().MustBe(
                watched.Where(text => !text.StartsWith(prefix, StringComparison.Ordinal)),
                $"{SenderNames[i]} sees the same, without its own.");
        }

        return watched;
    }

    /// <summary>
    /// All messages in one send, so that the server is busy with several senders at once; with a blank frame, which is ignored,
    /// behind each, so that it has no run of messages that it could pass on as one.
    /// </summary>
    private static Action Talk(WireClient sender) => () =>
        sender.Send(Enumerable.Range(0, Messages).SelectMany<int, string>(i => [$"{i}", ""]));

    /// <summary>Leaves the channel and joins again; waits at times, so that it overlaps with the senders.</summary>
    private static void Move(WireClient mover)
    {
        for (int i = 0; i < Moves; i++)
        {
            mover.Send("/join room");
            Thread.Yield();
        }
    }
}
