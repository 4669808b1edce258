using System.Net;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Guard;

/// <summary>What moderators do while clients connect, join and send.</summary>
[TestClass]
public sealed class ModerationRaceTests : IDisposable
{
    private const string Kicked = "You were removed by a moderator.";
    private const string Banned = "You are banned from this server.";

    private static readonly IPAddress Elsewhere = IPAddress.Parse("127.0.0.3");

    private readonly GuardFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void No_message_arrives_that_a_client_sends_after_it_was_muted()
    {
        using var server = new TestServer(_folder.Options);
        WireClient[] members = server.Gather("tea", "Bob", "Dan");
        using var stop = new CancellationTokenSource();
        TestThread sender = TestThread.Start("Dan, the sender", () =>
        {
            for (int i = 0; !stop.IsCancellationRequested; i++)
            {
                members[1].Send($"message {i}");
                members[1].Fence();
            }
        });
        TestThread reader = TestThread.Start("Bob, the reader", () => members[0].ReadUntil("[Dan] message 20"));
        reader.AwaitEnd();

        _folder.MustDo("mute", "Dan");
        stop.Cancel();
        sender.AwaitEnd();
        members[0].Fence(); // what was on the way
        members[1].Send("later");
        members[1].Fence();

        Assert.IsEmpty(members[0].Fence());
    }

    [TestMethod]
    public void Clients_that_are_kicked_while_they_join_leave_no_trace()
    {
        const int Rounds = 30;
        using var server = new TestServer(_folder.Options);
        WireClient bob = server.Gather("tea", "Bob")[0];
        for (int i = 0; i < Rounds; i++)
        {
            WireClient dan = server.Enter("Dan");

            Together.Run([() => dan.Send("/join tea", "hello"), () => _folder.MustDo("kick", "Dan"), () => _folder.Ask("kick", "Dan")]);

            Assert.AreSequenceEqual([Kicked], dan.ReadToEnd(), "one frame, also if several moderators kick");
            dan.Dispose();
            Eventually.True(() => _folder.Names() is ["Bob"], "Dan should be gone");
        }

        string[] seen = bob.Fence();
        Assert.AreEqual(seen.Count(text => text == "Dan has joined"), seen.Count(text => text == "Dan has left"));
    }

    [TestMethod]
    [DataRow("Eve")]
    [DataRow("127.0.0.3")]
    public void Clients_that_are_banned_while_they_connect_do_not_stay(string target)
    {
        const int Count = 30;
        using var server = new TestServer(_folder.Options);
        var clients = new List<WireClient>();

        Together.Run(
        [
            () =>
            {
                for (int i = 0; i < Count; i++)
                {
                    WireClient eve = server.Connect(from: Elsewhere);
                    clients.Add(eve);
                    eve.Send("Eve");
                }
            },
            () => _folder.MustDo("ban", target),
        ]);

        foreach (WireClient eve in clients)
        {
            Assert.AreSequenceEqual([Banned], eve.ReadToEnd());
            eve.Dispose();
        }

        Eventually.True(() => _folder.Names().Length == 0, "nobody should be in");
    }

    [TestMethod]
    public void Members_that_join_and_speak_while_their_channel_is_removed_end_in_no_channel_or_in_a_new_one()
    {
        const int Rounds = 30;
        using var server = new TestServer(_folder.Options);
        WireClient bob = server.Enter("Bob");
        WireClient dan = server.Enter("Dan");
        for (int i = 0; i < Rounds; i++)
        {
            bob.Send("/create tea");
            bob.Fence();

            Together.Run([() => dan.Send("/join tea", "hello"), () => bob.Send("one", "two"), () => _folder.MustDo("remove", "tea")]);

            dan.Fence();
            bob.Fence();
            foreach (WireClient member in (WireClient[])[bob, dan])
            {
                member.Send("where am I?");
                Assert.Contains("Not currently in any channel. Must join a channel before sending messages.", member.Fence());
            }
        }
    }
}
