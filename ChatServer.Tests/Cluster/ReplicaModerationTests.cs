using System.Net;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Cluster;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Cluster;

/// <summary>What moderators do, as entries of the log: the same on all servers.</summary>
[TestClass]
public sealed class ReplicaModerationTests
{
    private readonly ReplicaRig _rig = new();

    [TestMethod]
    public void A_kick_takes_out_all_of_a_name_on_whichever_server_and_what_they_say_later_is_void()
    {
        Meet();
        _rig.Arrive(1, 2, "EVE");

        Assert.AreEqual((CommandOutcome.Done, 2), Count(1, Kick("eve")));

        _rig.Events.TakeLast(3).MustBe(
            "EVE of 1 is ended: Kicked: You were removed by a moderator: go away.", "Eve of 2 is ended: Kicked: You were removed by a moderator: go away.", "tea: Eve has left");
        Assert.AreEqual(CommandOutcome.Void, _rig.Say(2, 1, "[Eve] too late"));
        Assert.AreEqual((CommandOutcome.Done, 0), Count(1, Kick("eve")), "Nobody is left.");
        Assert.AreEqual(CommandOutcome.Done, _rig.Arrive(2, 2, "Eve"), "To kick is not to ban.");
    }

    [TestMethod]
    public void Moderators_are_spared_by_each_other_and_not_by_the_operator()
    {
        Meet();
        Arrive(2, 7, "Mo", new PeerInfo("192.0.2.7", IsModerator: true));
        var ban = new LogCommand(CommandKind.Ban) { Ban = new SharedBan("Mo", [IPNetwork.Parse("192.0.2.0/24")], 0, "Ana", At: 1) };

        Assert.AreEqual((CommandOutcome.Done, 0), Count(1, Kick("mo")));
        Assert.AreEqual((CommandOutcome.Done, 0), Count(1, ban));
        _rig.Do(2, new LogCommand(CommandKind.Rank) { Client = 7 });
        Assert.AreEqual((CommandOutcome.Done, 1), Count(1, Kick("mo")), "It is a moderator no more.");

        Arrive(2, 8, "Mo", new PeerInfo("192.0.2.7"));
        _rig.Do(2, new LogCommand(CommandKind.Rank) { Client = 8, Peer = new PeerInfo("", IsModerator: true) });
        Assert.AreEqual((CommandOutcome.Done, 0), Count(1, ban), "It has become one.");
        Assert.AreEqual((CommandOutcome.Done, 1), Count(1, ban with { IsOfOperator = true }));
    }

    [TestMethod]
    public void A_ban_takes_out_a_name_and_whoever_comes_from_its_networks()
    {
        Meet();
        Arrive(1, 5, "Ned", new PeerInfo("192.0.2.77"));
        Arrive(2, 5, "Nora", new PeerInfo("2001:db8::77"));
        Arrive(2, 6, "Olga", new PeerInfo("198.51.100.1"));

        (CommandOutcome, int) result = Count(1, new LogCommand(CommandKind.Ban)
        {
            Ban = new SharedBan("Eve", [IPNetwork.Parse("192.0.2.0/24"), IPNetwork.Parse("2001:db8::/64")], 0, "Ana", At: 1),
        });

        Assert.AreEqual((CommandOutcome.Done, 3), result);
        Assert.AreSequenceEqual(["Ned", "Eve", "Nora"], _rig.Events.Where(text => text.Contains("Banned", StringComparison.Ordinal)).Select(text => text.Split(' ')[0]));
    }

    [TestMethod]
    public void A_ban_takes_the_place_of_one_of_the_same_target_and_ends_by_the_time_in_a_command()
    {
        Meet();
        IPNetwork net = IPNetwork.Parse("192.0.2.0/24");
        Ban("Eve", [], until: 100, at: 1);
        Ban("EVE", [net], until: 200, at: 2);
        Ban("", [net], until: 0, at: 3);
        Ban("", [net], until: 300, at: 4);
        AssertBans("EVE 192.0.2.0/24 200", " 192.0.2.0/24 300");

        Assert.AreEqual((CommandOutcome.Done, 1), Count(1, new LogCommand(CommandKind.Unban) { Text = "eve", Number = 5 }));
        Assert.AreEqual((CommandOutcome.Done, 0), Count(1, new LogCommand(CommandKind.Unban) { Text = "eve", Number = 6 }));
        Assert.AreEqual((CommandOutcome.Done, 0), Count(1, new LogCommand(CommandKind.Unban) { Place = "192.0.2.0/25", Number = 7 }));
        Assert.AreEqual((CommandOutcome.Done, 0), Count(1, new LogCommand(CommandKind.Unban) { Place = "192.0.2.0/24", Number = 300 }), "It has ended.");
        AssertBans();
    }

    [TestMethod]
    public void A_mute_is_one_for_each_name_and_ends_by_the_time_in_a_command()
    {
        Meet();
        Mute("eve", until: 100, at: 1);
        Mute("EVE", until: 200, at: 2);
        Mute("*", until: 0, at: 3);
        Assert.AreSequenceEqual(["eve 200", "* 0"], Mutes());

        Assert.AreEqual((CommandOutcome.Done, 0), Count(1, new LogCommand(CommandKind.Unmute) { Text = "eve", Number = 200 }), "It has ended.");
        Assert.AreEqual((CommandOutcome.Done, 1), Count(1, new LogCommand(CommandKind.Unmute) { Text = "*", Number = 201 }));
        Assert.IsEmpty(Mutes());
    }

    [TestMethod]
    public void The_numbers_of_mutes_and_bans_are_limited_and_those_that_have_ended_do_not_count()
    {
        Meet();
        LogCommand[] mutes = [.. Enumerable.Range(0, SharedLists.Most).Select(i => new LogCommand(CommandKind.Mute) { Text = $"n{i}", Number = 1, Until = 100 })];
        LogCommand[] bans =
        [
            .. Enumerable.Range(0, SharedLists.Most).Select(i => new LogCommand(CommandKind.Ban) { Ban = new SharedBan($"n{i}", [], 100, "Ana", At: 1) }),
        ];
        SharedLists full = new([.. bans.Select(command => command.Ban!)], [.. mutes.Select(command => new SharedMute(command.Text, command.Until))]);
        _rig.Replica.State.Lists = full;

        Assert.AreEqual(CommandOutcome.Full, Ban("one more", [], until: 0, at: 99));
        Assert.AreEqual(CommandOutcome.Full, Mute("one more", until: 0, at: 99));
        Assert.AreEqual(CommandOutcome.Done, Ban("n7", [], until: 50, at: 2), "in place of another");
        Assert.AreEqual(CommandOutcome.Done, Ban("one more", [], until: 0, at: 100));
        Assert.AreEqual(CommandOutcome.Done, Mute("one more", until: 0, at: 100));
        Assert.HasCount(1, _rig.Replica.State.Lists.Mutes);
    }

    [TestMethod]
    public void Mutes_end_with_the_last_server_and_bans_do_not()
    {
        Meet();
        Mute("Eve", until: 0, at: 1);
        Ban("Eve", [], until: 0, at: 1);
        _rig.Do(1, new LogCommand(CommandKind.Bye));
        Assert.HasCount(1, Mutes());
        _rig.Do(2, new LogCommand(CommandKind.Bye));

        _rig.Hello(3);

        Assert.IsEmpty(Mutes());
        AssertBans("Eve  0");
    }

    [TestMethod]
    public void Servers_bring_their_bans_until_one_has_brought_all_of_its_own()
    {
        _rig.Hello(1);
        Assert.IsTrue(_rig.Replica.State.Server(1)!.BringsLists);
        Ban("Eve", [], until: 0, at: 1);
        _rig.Do(2, new LogCommand(CommandKind.Gone) { Number = 1 }); // void: server 2 does not exist
        _rig.Hello(3);
        _rig.Do(3, new LogCommand(CommandKind.Gone) { Number = 1 });
        Assert.IsTrue(_rig.Replica.State.Server(3)!.BringsLists, "The first one died when only a part of its bans was in the log.");
        Assert.AreEqual(CommandOutcome.Done, _rig.Do(3, new LogCommand(CommandKind.ListsBrought)));

        _rig.Hello(4);
        Assert.IsFalse(_rig.Replica.State.Server(4)!.BringsLists);
        var other = new ReplicaRig();
        Assert.IsNotNull(ReplicaImage.TryLoad(ReplicaImage.Save(_rig.Replica, new StoredEntry(_rig.Log.Count, 1, _rig.Log[^1])), other.Replica));
        Assert.IsTrue(other.Replica.State.HasLists, "A snapshot knows it too.");
        _rig.Do(3, new LogCommand(CommandKind.Bye));
        _rig.Do(4, new LogCommand(CommandKind.Bye));

        _rig.Hello(5);

        Assert.IsFalse(_rig.Replica.State.Server(5)!.BringsLists, "The log has the bans of those that were there before.");
    }

    /// <summary>The dictionary of a replica that was there all the time has a free place, which the next server gets; that of one that starts has none.</summary>
    [TestMethod]
    public void All_replicas_see_the_clients_of_a_ban_leave_in_one_order_also_one_that_began_with_a_snapshot()
    {
        _rig.Hello(1);
        _rig.Hello(2);
        _rig.Hello(3);
        _rig.Arrive(2, 1, "Ana");
        _rig.Create(2, 1, "tea");
        _rig.Do(1, new LogCommand(CommandKind.Bye));
        var other = new ReplicaRig();
        Assert.IsNotNull(ReplicaImage.TryLoad(ReplicaImage.Save(_rig.Replica, new StoredEntry(_rig.Log.Count, 1, _rig.Log[^1])), other.Replica));
        int before = _rig.Log.Count;
        int events = _rig.Events.Count;
        int others = other.Events.Count;

        _rig.Hello(4);
        foreach (long server in (long[])[4, 3, 2])
        {
            Arrive(server, 9, $"Eve{server}", new PeerInfo("192.0.2.7"));
            _rig.Join(server, 9, "tea");
        }

        _rig.Do(2, new LogCommand(CommandKind.Ban) { Ban = new SharedBan("", [IPNetwork.Parse("192.0.2.7/32")], 0, "Ana", At: 1) });

        for (int position = before; position < _rig.Log.Count; position++)
        {
            other.Replica.Apply(position + 1, _rig.Log[position]);
        }

        other.Events.Skip(others).MustBe(_rig.Events.Skip(events));
        Assert.HasCount(3, _rig.Events.Where(text => text.EndsWith(" has left", StringComparison.Ordinal)));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_guest_whose_name_its_owner_had_for_a_while_has_it_again_on_all_replicas(bool strict)
    {
        _rig.Hello(1, ReplicaRig.Settings with { UniqueNames = true, StrictNames = strict });
        _rig.Hello(2, ReplicaRig.Settings with { UniqueNames = true, StrictNames = strict });
        _rig.Arrive(2, 1, "Ana");
        Arrive(1, 1, "ANA", new PeerInfo("", IsAuthenticated: true));
        var other = new ReplicaRig();
        Assert.IsNotNull(ReplicaImage.TryLoad(ReplicaImage.Save(_rig.Replica, new StoredEntry(_rig.Log.Count, 1, _rig.Log[^1])), other.Replica));
        int before = _rig.Log.Count;

        Assert.AreEqual(1, _rig.Replica.State.Names.Named("ana")!.Server);
        _rig.Do(1, new LogCommand(CommandKind.Depart) { Client = 1 });
        Assert.AreEqual(2, _rig.Replica.State.Names.Named("ana")!.Server);
        Assert.AreEqual(CommandOutcome.Exists, _rig.Arrive(1, 2, "Ana"), "The guest has the name.");
        _rig.Do(2, new LogCommand(CommandKind.Depart) { Client = 1 });
        Assert.IsNull(_rig.Replica.State.Names.Named("ana"));
        Assert.AreEqual(CommandOutcome.Done, _rig.Arrive(1, 3, "Ana"));

        for (int position = before; position < _rig.Log.Count; position++)
        {
            other.Replica.Apply(position + 1, _rig.Log[position]);
        }

        Assert.AreEqual(_rig.Replica.Hash, other.Replica.Hash);
        Assert.AreEqual(3, other.Replica.State.Names.Named("ana")!.Client);
    }

    [TestMethod]
    public void An_announcement_is_one_by_its_first_word_only()
    {
        Meet();
        Assert.AreEqual((CommandOutcome.Done, 2), Count(1, new LogCommand(CommandKind.Announce) { Frames = WireFrame.Encode("Announcement: tea!") }));
        Assert.AreEqual("to all: Announcement: tea!", _rig.Events[^1]);

        LogCommand wrong = new(CommandKind.Announce) { Frames = WireFrame.Encode(["Announcement: tea!", "[Ana] I never said that"]) };
        Assert.AreEqual(CommandOutcome.Void, _rig.Do(1, wrong));
    }

    [TestMethod]
    [DataRow("[Ana] I never said that")]
    [DataRow("You were removed")]
    [DataRow("")]
    public void A_kick_tells_nothing_else_than_that_it_is_one(string text)
    {
        Meet();
        LogCommand wrong = Kick("eve") with { Frames = WireFrame.Encode(text) };

        Assert.AreEqual(CommandOutcome.Void, _rig.Do(1, wrong));

        Assert.IsFalse(_rig.Events.Any(text => text.Contains("Kicked", StringComparison.Ordinal)));
        Assert.AreEqual((CommandOutcome.Done, 1), Count(1, Kick("eve") with { Frames = WireFrame.Encode("You were removed by a moderator.") }));
    }

    [TestMethod]
    public void A_channel_that_is_removed_has_no_members_any_more_and_its_name_and_share_are_free()
    {
        ClusterSettings settings = ReplicaRig.Settings with { MaxChannels = 2, Channels = ["hall"] };
        _rig.Hello(1, settings);
        _rig.Arrive(1, 1, "Ana", "a");
        _rig.Create(1, 1, "Tea");
        _rig.Arrive(1, 2, "Bea", "b");
        _rig.Join(1, 2, "Tea");
        var remove = new LogCommand(CommandKind.Remove) { Place = "Tea" };

        Assert.AreEqual((CommandOutcome.Done, 2), Count(1, remove));

        _rig.Events.TakeLast(2).MustBe("Tea with 2 is closed: A moderator has removed the channel Tea.", "Tea is removed");
        Assert.AreEqual(CommandOutcome.Void, _rig.Say(1, 2, "[Bea] into nothing"));
        Assert.AreEqual(CommandOutcome.Absent, _rig.Do(1, remove));
        Assert.AreEqual(CommandOutcome.Fixed, _rig.Do(1, remove with { Place = "hall" }));
        Assert.AreEqual(CommandOutcome.Done, _rig.Create(1, 1, "Tea"));
        _rig.Events.TakeLast(2).MustBe("Tea is there", "Tea: Ana has joined");
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void The_owner_of_a_name_takes_it_over_from_another_server(bool unique)
    {
        ClusterSettings settings = ReplicaRig.Settings with { UniqueNames = unique };
        _rig.Hello(1, settings);
        _rig.Hello(2, settings);
        Arrive(1, 1, "Ana", new PeerInfo("", IsAuthenticated: true));
        _rig.Create(1, 1, "tea");

        Assert.AreEqual(CommandOutcome.Done, Arrive(2, 1, "ANA", new PeerInfo("", IsAuthenticated: true)));

        _rig.Events.TakeLast(2).MustBe(
            "Ana of 1 is ended: TakenOver: You have logged in from another place. This connection ends.", "tea: Ana has left");
        Assert.AreEqual(CommandOutcome.Void, _rig.Join(1, 1, "tea"));
        Assert.AreEqual(CommandOutcome.Done, _rig.Join(2, 1, "tea"));
    }

    [TestMethod]
    public void The_owner_gets_its_name_also_if_a_guest_has_it_and_the_guest_stays()
    {
        ClusterSettings settings = ReplicaRig.Settings with { UniqueNames = true };
        _rig.Hello(1, settings);
        _rig.Arrive(1, 1, "Ana");

        Assert.AreEqual(CommandOutcome.Done, Arrive(1, 2, "Ana", new PeerInfo("", IsAuthenticated: true)));

        Assert.AreEqual(2, _rig.Replica.State.Names.Named("ana")!.Client, "It is found by the name.");
        Assert.AreEqual(CommandOutcome.Done, _rig.Create(1, 1, "tea"));
        Assert.AreEqual(CommandOutcome.Exists, _rig.Arrive(1, 3, "Ana"));
    }

    [TestMethod]
    public void A_snapshot_has_bans_mutes_moderators_and_owners()
    {
        _rig.Hello(1, ReplicaRig.Settings with { UniqueNames = true });
        Arrive(1, 1, "Mo", new PeerInfo("192.0.2.7", IsAuthenticated: true, IsModerator: true));
        Arrive(1, 2, "Eve", new PeerInfo("192.0.2.8"));
        Ban("Dan", [IPNetwork.Parse("198.51.100.0/24")], until: 100, at: 1);
        Mute("*", until: 0, at: 1);
        var last = new StoredEntry(_rig.Log.Count, 77, _rig.Log[^1]);
        var other = new ReplicaRig();

        Assert.IsNotNull(ReplicaImage.TryLoad(ReplicaImage.Save(_rig.Replica, last), other.Replica));

        Assert.AreSequenceEqual(["* 0"], other.Replica.State.Lists.Mutes.Select(Show));
        Assert.AreSequenceEqual(["Dan 198.51.100.0/24 100"], other.Replica.State.Lists.Bans.Select(Show));
        LogCommand[] next =
        [
            Kick("mo"),
            new(CommandKind.Ban) { Ban = new SharedBan("", [IPNetwork.Parse("192.0.2.0/24")], 0, "Ana", At: 2) },
            new(CommandKind.Arrive) { Client = 3, Text = "Mo", Peer = new PeerInfo("", IsAuthenticated: true) },
        ];
        (CommandOutcome, int)[] expected = [.. _rig.Add(1, next).Results.Select(result => (result.Outcome, result.Count))];
        Applied applied = other.Replica.Apply(_rig.Log.Count, _rig.Log[^1]);
        Assert.AreSequenceEqual([(CommandOutcome.Done, 0), (CommandOutcome.Done, 1), (CommandOutcome.Done, 0)], expected);
        Assert.AreSequenceEqual(expected, applied.Results.Select(result => (result.Outcome, result.Count)));
        other.Events.TakeLast(2).MustBe(
            "Eve of 1 is ended: Banned: You are banned from this server.",
            "Mo of 1 is ended: TakenOver: You have logged in from another place. This connection ends.");
        Assert.AreEqual(_rig.Replica.Hash, other.Replica.Hash);
    }

    private static LogCommand Kick(string name) => new(CommandKind.Kick) { Text = name, Frames = WireFrame.Encode("You were removed by a moderator: go away.") };

    private static string Show(SharedBan ban) => $"{ban.Name} {string.Join(',', ban.Networks)} {ban.Until}";

    private static string Show(SharedMute mute) => $"{mute.Name} {mute.Until}";

    /// <summary>Ana on server 1 and Eve on server 2, both in tea.</summary>
    private void Meet()
    {
        _rig.Hello(1);
        _rig.Hello(2);
        _rig.Arrive(1, 1, "Ana");
        _rig.Create(1, 1, "tea");
        _rig.Arrive(2, 1, "Eve");
        _rig.Join(2, 1, "tea");
    }

    private CommandOutcome Arrive(long server, int client, string name, PeerInfo peer) =>
        _rig.Do(server, new LogCommand(CommandKind.Arrive) { Client = client, Text = name, Peer = peer });

    private CommandOutcome Ban(string name, IPNetwork[] networks, long until, long at) =>
        _rig.Do(1, new LogCommand(CommandKind.Ban) { Ban = new SharedBan(name, networks, until, "Ana", at) });

    private CommandOutcome Mute(string name, long until, long at) =>
        _rig.Do(1, new LogCommand(CommandKind.Mute) { Text = name, Number = at, Until = until });

    private (CommandOutcome Outcome, int Count) Count(long server, LogCommand command)
    {
        LogResult result = _rig.Add(server, command).Results.Single();
        return (result.Outcome, result.Count);
    }

    private void AssertBans(params string[] expected) => Assert.AreSequenceEqual(expected, _rig.Replica.State.Lists.Bans.Select(Show));

    private string[] Mutes() => [.. _rig.Replica.State.Lists.Mutes.Select(Show)];
}
