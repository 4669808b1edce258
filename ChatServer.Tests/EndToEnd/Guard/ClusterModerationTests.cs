using System.Net;
using System.Text.Json;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Guard;

/// <summary>docs/cluster.md: what moderators do holds on all servers of a chat.</summary>
[TestClass]
public sealed class ClusterModerationTests : IDisposable
{
    private const string Kicked = "You were removed by a moderator.";
    private const string Banned = "You are banned from this server.";
    private const string Muted = "A moderator has muted you: the others do not get your messages.";
    private const string TakenOver = "You have logged in from another place. This connection ends.";

    private static readonly IPAddress Elsewhere = IPAddress.Parse("127.0.0.3");

    private readonly GuardFolder _folder = new();
    private readonly string _moderator;
    private readonly string _member;

    public ClusterModerationTests()
    {
        _moderator = _folder.Login("Ana", isModerator: true);
        _member = _folder.Login("Bea");
    }

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void A_kick_an_announcement_and_the_removal_of_a_channel_reach_all_servers()
    {
        using TestCluster cluster = Start(servers: 2);
        WireClient ana = Enter(cluster[0], _moderator, "/create tea");
        WireClient eve = Enter(cluster[1], "Eve", "/join tea");
        WireClient gus = Enter(cluster[1], "Gus", "/join tea");
        ana.Read(2).MustBe("Eve has joined", "Gus has joined");
        Assert.AreEqual("Gus has joined", eve.Read());

        ana.Send("/kick eve no spam");
        eve.ReadToEnd().MustBe("You were removed by a moderator: no spam");
        Assert.AreEqual("Eve has left", gus.Read());
        string[] seen = ana.Read(2);
        Assert.Contains("Eve removed (1 clients).", seen);
        Assert.Contains("Eve has left", seen);
        cluster[1].Enter("Eve"); // to kick is not to ban

        ana.Send("/announce tea is ready");
        Assert.AreEqual("Announcement: tea is ready", gus.Read());
        ana.Read(2).MustBe("Announcement: tea is ready", "The announcement was sent to 3 clients.");

        ana.Send("/remove tea");
        seen = ana.Read(2);
        Assert.Contains("Channel tea is removed. It had 2 members.", seen);
        Assert.Contains("A moderator has removed the channel tea.", seen);
        gus.Send("into nothing", "/join tea");
        gus.Read(3).MustBe(
            "A moderator has removed the channel tea.",
            "Not currently in any channel. Must join a channel before sending messages.",
            "No channel named tea exists. Try '/create tea'?");
        gus.Send("/create tea");
        Assert.IsEmpty(gus.Fence());
        ana.Send("/remove none", "/remove hall");
        ana.Read(2).MustBe("There is no channel none.", "Channel hall is one that the server always has.");
    }

    [TestMethod]
    public void A_ban_holds_on_all_servers_also_on_one_that_starts_later_and_until_any_moderator_ends_it()
    {
        using TestCluster cluster = Start(servers: 2);
        WireClient ana = cluster[0].Enter(_moderator);
        WireClient eve = cluster[1].Connect(from: Elsewhere);
        eve.Introduce("Eve");

        ana.Send("/ban Eve 90");
        Assert.StartsWith("Eve, 127.0.0.3/32 banned until ", ana.Read());
        eve.ReadToEnd().MustBe(Banned);

        cluster.AddServer(Options(2));
        for (int i = 0; i < 3; i++)
        {
            AssertIsBanned(cluster[i].Connect(from: Elsewhere), "Bob");
            AssertIsBanned(cluster[i].Connect(), "EVE");
            Eventually.True(() => File.Exists(BansOf(i)) && File.ReadAllText(BansOf(i)).Contains("127.0.0.3/32", StringComparison.Ordinal), "the ban should be in the file of each server");
        }

        Assert.AreEqual(1, _folder.MustDo("bans").GetProperty("bans").GetArrayLength());
        ana.Dispose();
        WireClient other = cluster[2].Enter(_moderator);
        other.Send("/unban Eve");
        Assert.AreEqual("Eve is not banned any more.", other.Read());
        for (int i = 0; i < 3; i++)
        {
            TestServer server = cluster[i];
            Eventually.True(
                () =>
                {
                    WireClient again = server.Connect(from: Elsewhere);
                    again.Send($"Eve{i}", "/nope");
                    return again.Read() != Banned;
                },
                "nobody is banned any more");
            int bans = i;
            Eventually.True(() => File.ReadAllText(BansOf(bans)).Length == 0, "the file of each server should be empty");
        }
    }

    [TestMethod]
    public void The_first_server_of_a_chat_brings_its_bans_and_all_others_take_them_over()
    {
        File.WriteAllText(BansOf(0), """{"name":"Eve","networks":["192.0.2.0/24"],"by":"Ana","at":"2026-01-01T00:00:00Z"}""" + "\n");
        File.WriteAllText(BansOf(1), """{"name":"Dan","networks":[],"by":"Ana","at":"2026-01-01T00:00:00Z"}""" + "\n");
        using TestCluster cluster = Start(servers: 2);

        AssertIsBanned(cluster[1].Connect(), "Eve");
        cluster[1].Enter("Dan");
        Eventually.True(() => File.ReadAllText(BansOf(1)).Contains("\"Eve\"", StringComparison.Ordinal), "the second server should have the bans of the first one in its file");

        // All servers stop: the log has the bans, and the file of the one that comes back alone does not count.
        cluster.Stop(1);
        cluster.Stop(0);
        File.WriteAllText(BansOf(0), "");
        cluster.AddServer(Options(0));
        AssertIsBanned(cluster[0].Connect(), "Eve");
    }

    [TestMethod]
    public void A_mute_holds_on_all_servers_also_on_one_that_starts_later()
    {
        using TestCluster cluster = Start(servers: 2);
        WireClient ana = Enter(cluster[0], _moderator, "/create tea");
        WireClient eve = Enter(cluster[1], "Eve", "/join tea");
        Assert.AreEqual("Eve has joined", ana.Read());

        ana.Send("/mute Eve");
        Assert.AreEqual("Eve is muted.", ana.Read());
        AssertIsMuted(eve);
        ana.Fence(); // what was said before
        cluster.AddServer(Options(2));
        WireClient again = Enter(cluster[2], "Eve", "/join tea");
        Assert.AreEqual("Eve has joined", ana.Read());
        again.Send("nobody hears that");
        Assert.AreEqual(Muted, again.Read());

        ana.Send("/unmute Eve");
        Assert.AreEqual("Eve is not muted any more.", ana.Read());
        Eventually.True(
            () =>
            {
                again.Send("hello");
                again.Fence();
                return ana.Fence().Contains("[Eve] hello");
            },
            "the one that was muted should be heard again");
    }

    [TestMethod]
    public void The_owner_of_a_name_that_comes_on_another_server_takes_it_over()
    {
        using TestCluster cluster = Start(servers: 2);
        WireClient watcher = Enter(cluster[0], "Watcher", "/create tea");
        WireClient first = Enter(cluster[0], _member, "/join tea");
        Assert.AreEqual("Bea has joined", watcher.Read());

        WireClient second = Enter(cluster[1], _member, "/join tea");

        first.ReadToEnd().MustBe(TakenOver);
        watcher.Read(2).MustBe("Bea has left", "Bea has joined");
        second.Send("it is me");
        Assert.AreEqual("[Bea] it is me", watcher.Read());

        WireClient third = Enter(cluster[1], _member, "/join tea"); // and on the same server
        second.ReadToEnd().MustBe(TakenOver);
        watcher.Read(2).MustBe("Bea has left", "Bea has joined");
        third.Send("and again");
        Assert.AreEqual("[Bea] and again", watcher.Read());
    }

    [TestMethod]
    public void A_moderator_of_another_server_is_spared_until_its_account_is_no_moderator_any_more()
    {
        string other = _folder.Login("Mo", isModerator: true);
        using TestCluster cluster = Start(servers: 2);
        WireClient mo = cluster[0].Enter(other);
        WireClient ana = cluster[1].Enter(_moderator);
        foreach (string command in (string[])["/kick Mo", "/ban Mo", "/mute Mo"])
        {
            ana.Send(command);
            Assert.AreEqual("Mo is a moderator.", ana.Read());
        }

        string[] lines = File.ReadAllLines(_folder.Accounts);
        File.WriteAllLines(_folder.Accounts, lines.Select(line => line.Contains("\"Mo\"", StringComparison.Ordinal)
            ? line.Replace("\"moderator\":true", "\"moderator\":false", StringComparison.Ordinal)
            : line));
        _folder.MustDo("accounts-reload"); // at the server of Mo

        ana.Send("/kick Mo");
        Assert.AreEqual("Mo removed (1 clients).", ana.Read());
        mo.ReadToEnd().MustBe(Kicked);
    }

    [TestMethod]
    public void The_address_of_a_moderator_on_another_server_is_not_banned()
    {
        string other = _folder.Login("Mo", isModerator: true);
        using TestCluster cluster = Start(servers: 2);
        WireClient mo = cluster[0].Connect(from: Elsewhere);
        mo.Introduce(other);
        WireClient eve = cluster[1].Connect(from: Elsewhere);
        eve.Introduce("Eve");
        WireClient ana = cluster[1].Enter(_moderator);

        foreach (string network in (string[])["127.0.0.3", "127.0.0.2/31"])
        {
            ana.Send($"/ban {network}");
            Assert.AreEqual("That would ban the address of a moderator.", ana.Read());
        }

        // By her name: the address that she shares with the moderator is left out.
        ana.Send("/ban Eve");
        Assert.AreEqual("Eve banned. 1 clients were removed.", ana.Read());
        eve.ReadToEnd().MustBe(Banned);
        Assert.IsEmpty(mo.Fence());

        // The operator may: it is not a client.
        Assert.AreEqual(1, _folder.MustDo("ban", "127.0.0.3").GetProperty("affected").GetInt32());
        mo.ReadToEnd().MustBe(Banned);
    }

    [TestMethod]
    public void A_moderator_who_was_away_comes_in_at_any_server_whatever_another_has_banned_in_the_chat()
    {
        string other = _folder.Login("Mo", isModerator: true);
        using TestCluster cluster = Start(servers: 2);
        WireClient ana = cluster[0].Enter(_moderator);

        ana.Send("/ban Mo", "/mute Mo", "/ban 127.0.0.3");

        ana.Read(3).MustBe("Mo is a moderator.", "Mo is a moderator.", "127.0.0.3/32 banned. 0 clients were removed.");
        Eventually.True(() => File.Exists(BansOf(1)) && File.ReadAllText(BansOf(1)).Contains("127.0.0.3/32", StringComparison.Ordinal), "the ban should be on each server");
        AssertIsBanned(cluster[1].Connect(from: Elsewhere), "Bob");
        WireClient mo = cluster[1].Connect(from: Elsewhere);
        mo.Introduce(other);
        Assert.AreEqual("the bans were read again: 1 in effect", cluster[1].Reload("bans"));
        Assert.IsEmpty(mo.Fence());
    }

    [TestMethod]
    public void The_bans_in_a_file_that_was_changed_hold_on_all_servers_after_a_reload()
    {
        using TestCluster cluster = Start(servers: 2);
        _folder.MustDo("ban", "Dan");
        WireClient eve = cluster[1].Enter("Eve");
        Eventually.True(() => File.Exists(BansOf(0)) && File.ReadAllText(BansOf(0)).Contains("Dan", StringComparison.Ordinal), "the ban should be in the file");
        File.WriteAllText(BansOf(0), """{"name":"Eve","networks":[],"by":"Ana","at":"2026-01-01T00:00:00Z"}""" + "\n");

        Assert.AreEqual("the bans were read again: 1 in effect", cluster[0].Reload("bans"));

        eve.ReadToEnd().MustBe(Banned);
        AssertIsBanned(cluster[1].Connect(), "Eve");
        cluster[1].Enter("Dan");
    }

    [TestMethod]
    public void Without_the_engine_an_action_is_rejected_with_the_reason()
    {
        using TestCluster cluster = Start(servers: 1, engineTimeout: TimeSpan.FromSeconds(2));
        cluster.Engine.Kill();

        Eventually.True(
            () =>
            {
                JsonElement answer = _folder.Ask("announce", "hello");
                return !answer.GetProperty("done").GetBoolean() && answer.GetProperty("text").GetString() == "The chat cannot be reached.";
            },
            "the operator should be told that the chat cannot be reached");
    }

    private static WireClient Enter(TestServer server, string login, string command)
    {
        WireClient client = server.Enter(login);
        client.Send(command);
        Assert.IsEmpty(client.Fence());
        return client;
    }

    private static void AssertIsBanned(WireClient client, string name)
    {
        client.Send(name);
        client.ReadToEnd().MustBe(Banned);
    }

    /// <summary>A server mutes when it has applied that: soon after the moderator has the answer of its own.</summary>
    private static void AssertIsMuted(WireClient client) => Eventually.True(
        () =>
        {
            client.Send("nobody hears that");
            return client.Fence().Contains(Muted);
        },
        "the client should be muted");

    private TestCluster Start(int servers, TimeSpan? engineTimeout = null)
    {
        var cluster = new TestCluster(servers: 0, engineTimeout: engineTimeout);
        for (int i = 0; i < servers; i++)
        {
            cluster.AddServer(Options(i));
        }

        return cluster;
    }

    /// <summary>All have the same accounts, and each has a file of bans of its own; the first one has the control socket.</summary>
    private Func<ServerOptions, ServerOptions> Options(int server) => options => options with
    {
        Accounts = _folder.Accounts,
        Bans = BansOf(server),
        Control = server == 0 ? _folder.Control : null,
        Channels = ["hall"],
        TrustLoopback = false,
    };

    private string BansOf(int server) => _folder.PathOf($"bans-{server}");
}
