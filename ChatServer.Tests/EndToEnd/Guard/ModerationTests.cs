using System.Text.Json;
using ThreadedChat.ChatServer.History;
using ThreadedChat.ChatServer.Moderation;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Guard;

/// <summary>What moderators can do, and what the others see of it.</summary>
[TestClass]
public sealed class ModerationTests : IDisposable
{
    private const string Kicked = "You were removed by a moderator.";
    private const string Muted = "A moderator has muted you: the others do not get your messages.";

    private readonly GuardFolder _folder = new();
    private readonly string _moderator;
    private readonly string _member;

    public ModerationTests()
    {
        _moderator = _folder.Login("Ana", isModerator: true);
        _member = _folder.Login("Bea");
    }

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow("/kick Dan", "Dan removed (1 clients).")]
    [DataRow("/kick Dan he spams", "Dan removed (1 clients).")]
    [DataRow("/kick", "/kick command must be followed by a name.")]
    [DataRow("/kick Nobody", "Nobody named Nobody is here.")]
    [DataRow("/kick Ana", "Ana is a moderator.")]
    [DataRow("/ban Dan", "Dan banned. 1 clients were removed.")]
    [DataRow("/ban 192.0.2.0/24", "192.0.2.0/24 banned. 0 clients were removed.")]
    [DataRow("/ban 2001:db8::1", "2001:db8::/64 banned. 0 clients were removed.")]
    [DataRow("/ban 10.0.0.0/33", "10.0.0.0/33 is no network, and nobody of that name is here.")]
    [DataRow("/ban 300.1.1.1/8", "300.1.1.1/8 is no network, and nobody of that name is here.")]
    [DataRow("/ban ::/0x", "::/0x is no network, and nobody of that name is here.")]
    [DataRow("/ban J.R.R.Smith", "J.R.R.Smith banned. 0 clients were removed.")]
    [DataRow("/ban", "/ban command must be followed by a name or a network, and minutes if it is to end.")]
    [DataRow("/ban Dan soon", "/ban command must be followed by a name or a network, and minutes if it is to end.")]
    [DataRow("/ban Dan 0", "/ban command must be followed by a name or a network, and minutes if it is to end.")]
    [DataRow("/ban 127.0.0.0/8", "That would ban your own address.")]
    [DataRow("/ban Ana", "Ana is a moderator.")]
    [DataRow("/unban Dan", "There is no ban of Dan.")]
    [DataRow("/unban", "/unban command must be followed by a name or a network.")]
    [DataRow("/bans", "There are no bans.")]
    [DataRow("/mute Dan", "Dan is muted.")]
    [DataRow("/mute [Dan] 5", "Dan is muted for 5 minutes.")]
    [DataRow("/mute *", "Everybody is muted.")]
    [DataRow("/mute", "/mute command must be followed by a name or *, and minutes if it is to end.")]
    [DataRow("/unmute Dan", "Dan is not muted.")]
    [DataRow("/unmute", "/unmute command must be followed by a name or *.")]
    [DataRow("/announce", "/announce command must be followed by a text.")]
    [DataRow("/announce The server stops at 12:00.", "Announcement: The server stops at 12:00.")]
    [DataRow("/remove tea", "Channel tea is removed. It had 0 members.")]
    [DataRow("/remove hall", "Channel hall is one that the server always has.")]
    [DataRow("/remove none", "There is no channel none.")]
    [DataRow("/remove", "/remove command must be followed by the name of a channel.")]
    public void Each_command_works_for_a_moderator_and_is_an_unknown_word_for_everybody_else(string command, string answer)
    {
        using var server = new TestServer(_folder.Options with { Channels = ["hall"] });
        using var open = new TestServer();
        WireClient dan = server.Enter("Dan");
        dan.Send("/create tea", "/join hall");
        Assert.IsEmpty(dan.Fence());
        string unknown = $"{command.Split(' ')[0]} is not a valid control message. Valid messages are /create, /list, and /join.";

        foreach (WireClient other in (WireClient[])[server.Enter("Guest"), server.Enter(_member), open.Enter("Ana")])
        {
            other.Send(command);
            Assert.AreEqual(unknown, other.Read());
        }

        WireClient moderator = server.Enter(_moderator);
        moderator.Send(command);
        Assert.AreEqual(answer, moderator.Read());
    }

    [TestMethod]
    [DataRow("/kick [Dan Dare]", Kicked)]
    [DataRow("/kick [dan dare] no spam, please", "You were removed by a moderator: no spam, please")]
    public void A_client_that_is_kicked_gets_one_frame_and_the_others_see_it_leave(string command, string text)
    {
        using var server = new TestServer(_folder.Options);
        WireClient[] members = server.Gather("tea", "Bob", "Dan Dare", _moderator);

        members[2].Send(command);

        Assert.AreSequenceEqual([text], members[1].ReadToEnd());
        members[1].Dispose();
        Assert.AreEqual("Dan Dare has left", members[0].Read());
        Assert.IsEmpty(members[0].Fence());
        Assert.AreSequenceEqual( // the notice comes from the thread of the client that was removed, so either may be first
            ["Dan Dare has left", "Dan Dare removed (1 clients)."], members[2].Read(2).Order(StringComparer.Ordinal));
        server.Enter("Dan Dare"); // to kick is not to ban
    }

    [TestMethod]
    public void A_moderator_cannot_act_against_another_moderator_but_the_operator_can()
    {
        string other = _folder.Login("Cid", isModerator: true);
        using var server = new TestServer(_folder.Options);
        WireClient ana = server.Enter(_moderator);
        WireClient cid = server.Enter(other);
        foreach (string command in (string[])["/kick Cid", "/ban Cid", "/mute Cid"])
        {
            ana.Send(command);
            Assert.AreEqual("Cid is a moderator.", ana.Read());
        }

        _folder.MustDo("kick", "Cid");

        Assert.AreSequenceEqual([Kicked], cid.ReadToEnd());
    }

    [TestMethod]
    public void A_client_that_is_no_longer_a_moderator_loses_the_commands_at_once()
    {
        using var server = new TestServer(_folder.Options);
        WireClient ana = server.Enter(_moderator);
        File.WriteAllText(_folder.Accounts, File.ReadAllText(_folder.Accounts).Replace("\"moderator\":true", "\"moderator\":false", StringComparison.Ordinal));

        _folder.MustDo("accounts-reload");
        ana.Send("/bans");

        Assert.AreEqual("/bans is not a valid control message. Valid messages are /create, /list, and /join.", ana.Read());
    }

    [TestMethod]
    public void The_others_get_nothing_from_a_muted_client_and_it_gets_one_notice()
    {
        using var server = new TestServer(_folder.Options with { Extended = true });
        WireClient[] members = server.Gather("tea", "Bob", "Dan", _moderator);
        _folder.MustDo("mute", "dan");

        members[1].Send("one", "two", "/msg Bob three", "four");

        Assert.AreSequenceEqual([Muted], members[1].Fence());
        Assert.IsEmpty(members[0].Fence());
        _folder.MustDo("unmute", "Dan");
        members[1].Send("five");
        members[1].Fence();
        Assert.AreSequenceEqual(["[Dan] five"], members[0].Fence());
    }

    [TestMethod]
    public void While_everybody_is_muted_moderators_speak_and_newcomers_do_not()
    {
        using var server = new TestServer(_folder.Options);
        WireClient[] members = server.Gather("tea", "Bob", _moderator);
        _folder.MustDo("mute", "*", "10");
        WireClient eve = server.Enter("Eve");

        eve.Send("/join tea", "hello");
        Assert.AreSequenceEqual([Muted], eve.Fence());
        members[1].Send("quiet, please");
        members[1].Fence();

        Assert.AreSequenceEqual(["Eve has joined", "[Ana] quiet, please"], members[0].Fence());
    }

    [TestMethod]
    public void An_announcement_of_any_length_reaches_everybody()
    {
        using var server = new TestServer(_folder.Options);
        WireClient[] clients = [server.Enter("Bob"), server.Enter(_member), server.Enter(_moderator)];
        string text = string.Join('-', Enumerable.Range(1, 80).Select(number => $"word{number}"));

        Assert.AreEqual(3, _folder.MustDo("announce", text).GetProperty("affected").GetInt32());

        foreach (WireClient client in clients)
        {
            string[] frames = client.Fence();
            Assert.IsGreaterThan(1, frames.Length);
            Assert.IsTrue(frames.All(frame => frame.StartsWith("Announcement: ", StringComparison.Ordinal)));
            Assert.AreEqual(text, string.Concat(frames.Select(frame => frame["Announcement: ".Length..])));
        }
    }

    [TestMethod]
    public void The_members_of_a_removed_channel_get_a_text_and_are_in_no_channel()
    {
        using var server = new TestServer(_folder.Options);
        WireClient[] members = server.Gather("tea", "Bob", "Dan");
        WireClient ana = server.Enter(_moderator);

        ana.Send("/remove tea");

        Assert.AreEqual("Channel tea is removed. It had 2 members.", ana.Read());
        foreach (WireClient member in members)
        {
            Assert.AreSequenceEqual(["A moderator has removed the channel tea."], member.Fence());
            member.Send("hello");
            Assert.AreEqual("Not currently in any channel. Must join a channel before sending messages.", member.Read());
        }

        ana.Send("/list");
        Assert.IsEmpty(ana.Fence());
        members[0].Send("/create tea");
        members[1].Fence();
        members[1].Send("/join tea");
        Assert.AreEqual("Dan has joined", members[0].Read());
    }

    [TestMethod]
    public void A_channel_that_is_removed_does_not_come_back_with_its_history_after_a_restart()
    {
        ServerOptions options = _folder.Options with { Extended = true, History = new HistorySettings(_folder.PathOf("history")) };
        using (var server = new TestServer(options))
        {
            WireClient[] members = server.Gather("tea", "Bob", "Dan");
            members[0].Send("an insult");
            members[0].Fence();
            _folder.MustDo("remove", "tea");
        }

        using var next = new TestServer(options);
        WireClient bob = next.Enter("Bob");
        bob.Send("/list", "/create tea", "/history");

        Assert.AreSequenceEqual(["Nothing was said here yet."], bob.Fence());
    }

    [TestMethod]
    public void Each_action_is_a_line_of_the_audit_without_texts_of_messages()
    {
        using (var server = new TestServer(_folder.Options with { LogAddresses = ChatServer.Connections.AddressDetail.Prefix }))
        {
            WireClient[] members = server.Gather("tea", "Dan", _moderator);
            foreach (string command in (string[])["/announce a secret text", "/mute Dan 5", "/kick Nobody", "/kick Dan rude"])
            {
                members[1].Send(command);
                members[1].Read();
            }

            members[0].Send("a secret message");
            members[0].ReadToEnd();
            members[0].Dispose();
            Eventually.True(() => _folder.Names() is ["Ana"], "Dan should be gone");
            _folder.MustDo("remove", "tea");
        }

        JsonElement[] lines = [.. File.ReadAllLines(_folder.Audit).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.AreSequenceEqual(
            [
                "Ana 127.0.0.0/24 announce  True 2",
                "Ana 127.0.0.0/24 mute Dan True 1",
                "Ana 127.0.0.0/24 kick Nobody False 0",
                "Ana 127.0.0.0/24 kick Dan True 1",
                "[operator] - remove tea True 1",
            ],
            lines.Select(line => $"{line.GetProperty("by")} {(line.TryGetProperty("from", out JsonElement from) ? from.GetString() : "-")} "
                + $"{line.GetProperty("action")} {line.GetProperty("target")} {line.GetProperty("done")} {line.GetProperty("affected")}"));
        Assert.AreEqual("rude", lines[3].GetProperty("reason").GetString());
        Assert.DoesNotContain("secret", File.ReadAllText(_folder.Audit));
    }

    [TestMethod]
    public void A_client_with_a_stolen_token_cannot_fill_the_disk_or_the_queues_of_the_others()
    {
        const int Sent = 3_000;
        const int Most = 2 * ModeratorPace.Burst; // those of the burst, and one for each second that the test takes
        using var server = new TestServer(_folder.Options);
        WireClient bob = server.Enter("Bob");
        WireClient ana = server.Enter(_moderator);

        ana.Send([.. Enumerable.Repeat("/announce no peace", Sent)]);

        Eventually.True(() => File.ReadAllLines(_folder.Audit).Length >= ModeratorPace.Burst, "the burst should be done");
        int heard = bob.Fence().Length;
        Assert.IsTrue(heard is >= ModeratorPace.Burst and < Most, $"{heard}");
        Assert.IsLessThan(Most, File.ReadAllLines(_folder.Audit).Length);

        _folder.MustDo("kick", "Ana"); // a moderator that waits is not held up at its end
        Eventually.True(() => _folder.Names() is ["Bob"], "Ana should be gone");
        Assert.IsLessThan(Most, File.ReadAllLines(_folder.Audit).Length, "what was left was not done");
    }
}
