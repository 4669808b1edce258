using System.Net;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Cluster;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Cluster;

/// <summary>The version in the log stands for what each entry does, and not only for its bytes.</summary>
[TestClass]
public sealed class LogVersionTests
{
    private const int MaxChannels = 400;

    private readonly ReplicaRig _rig = new();

    /// <summary>
    /// If this fails although nothing else does, a server of the program before would decide otherwise about the same log, and the two would
    /// diverge: raise <see cref="EntryCodec.Version"/>, tell it in the changelog, and put the new values here.
    /// </summary>
    [TestMethod]
    public void A_change_of_what_an_entry_does_has_a_version_of_its_own()
    {
        _rig.Hello(1, ReplicaRig.Settings with { MaxChannels = MaxChannels, UniqueNames = true, Channels = ["lobby"] });
        Moderate();
        CreateFromMany();
        Talk();

        var last = new StoredEntry(_rig.Log.Count, 77, _rig.Log[^1]);
        uint events = LogHash.Sum(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', _rig.Events)));
        uint state = LogHash.Sum(ReplicaImage.Save(_rig.Replica, last).Span);
        Assert.AreEqual(
            "version 5, results 81be687a53909a44, events 5e44edd7, state b0f522a7",
            $"version {EntryCodec.Version}, results {_rig.Replica.Hash:x}, events {events:x}, state {state:x}",
            "Servers with the program before would decide otherwise: see the comment of this test.");
    }

    [TestMethod]
    public void A_snapshot_of_another_version_is_not_used_in_place_of_an_older_one()
    {
        _rig.Hello(1);
        byte[] image = ReplicaImage.Save(_rig.Replica, new StoredEntry(_rig.Log.Count, 1, _rig.Log[^1])).ToArray();
        byte[] other = [(byte)(EntryCodec.Version - 1), .. image.AsSpan(1)];
        using var engine = new MemoryEngine(new LogInMemory(seed: 1, isFaulty: false));
        SnapshotPieces.Store(engine, image);
        SnapshotPieces.Store(engine, other);

        Assert.IsTrue(SnapshotPieces.Load(engine, first: 2)?.Span.SequenceEqual(image));
        Assert.IsNull(ReplicaImage.TryLoad(other, new ReplicaRig().Replica));
    }

    [TestMethod]
    public void Only_bytes_that_may_be_an_entry_have_another_version()
    {
        byte[] entry = EntryCodec.Encode(new ServerEntry(1, 0, [new LogCommand(CommandKind.Nothing)]));
        byte[] other = [EntryCodec.Version + 1, .. entry.AsSpan(1)];

        Assert.IsNull(EntryCodec.OtherVersionOf(entry));
        Assert.AreEqual((byte)(EntryCodec.Version + 1), EntryCodec.OtherVersionOf(other));
        Assert.IsNull(EntryCodec.OtherVersionOf(new byte[] { 0 }));
    }

    /// <summary>Bans, mutes, ranks and names.</summary>
    private void Moderate()
    {
        _rig.Do(1, new LogCommand(CommandKind.Ban) { Ban = new SharedBan("Eve", [IPNetwork.Parse("192.0.2.0/24")], 0, "[operator]", 5), IsOfOperator = true });
        _rig.Do(1, new LogCommand(CommandKind.ListsBrought));
        _rig.Hello(2, ReplicaRig.Settings with { MaxChannels = MaxChannels, UniqueNames = true, Channels = ["lobby"] });
        _rig.Hello(3);
        foreach ((int client, string name) in new[] { (1, "Ana"), (2, "ana"), (3, "\u0410na"), (4, "Zoe\u0301"), (5, "Zo\u00eb") })
        {
            _rig.Arrive(2, client, name, $"c633/64/0{client}");
        }

        var eve = new PeerInfo("192.0.2.9", IsAuthenticated: true);
        _rig.Do(2, new LogCommand(CommandKind.Arrive) { Client = 6, Text = "Eva", Peer = eve });
        _rig.Do(2, new LogCommand(CommandKind.Arrive) { Client = 7, Text = "Eva", Peer = eve with { Address = "203.0.113.1" } });
        _rig.Do(2, new LogCommand(CommandKind.Rank) { Client = 1, Peer = new PeerInfo("", IsModerator: true) });
        _rig.Do(2, new LogCommand(CommandKind.Ban) { Ban = new SharedBan("", [IPNetwork.Parse("203.0.113.0/24")], 9, "Ana", 6) });
        _rig.Do(2, new LogCommand(CommandKind.Unban) { Text = "eve", Number = 7 });
        _rig.Do(2, new LogCommand(CommandKind.Mute) { Text = "*", Number = 7, Until = 9 });
        _rig.Do(2, new LogCommand(CommandKind.Unmute) { Text = "eve", Number = 8 });
        _rig.Do(2, new LogCommand(CommandKind.Kick) { Text = "ana", Frames = WireFrame.Encode("You were removed by a moderator.") });
        _rig.Do(2, new LogCommand(CommandKind.Announce) { Frames = WireFrame.Encode(["Announcement: one", "two"]) });
    }

    /// <summary>Clients of one address, of its networks, and of others create channels until they may not.</summary>
    private void CreateFromMany()
    {
        string[] addresses =
        [
            "cb00/71/01", "cb00/71/01", "cb00/71/01", "cb00/71/02", "cb00/71/02", "cb00/72/01", "cb00/72/02", "loopback", "loopback", "", "20010db8/0001/0002",
        ];
        for (int i = 0; i < addresses.Length; i++)
        {
            int client = 100 + i;
            _rig.Arrive(2, client, $"Creator{i}", addresses[i]);
            CommandOutcome[] outcomes = [.. Enumerable.Range(0, MaxChannels / 3).Select(n => _rig.Create(2, client, $"room{i}-{n}"))];
            Assert.Contains(CommandOutcome.Full, outcomes, "Each of them reaches a limit.");
        }
    }

    /// <summary>Messages, moves and ends.</summary>
    private void Talk()
    {
        _rig.Join(2, 100, "LOBBY");
        _rig.Join(2, 101, "lobby");
        _rig.Say(2, 100, "[Creator0] hello");
        _rig.Say(2, 100, "[Creator1] hello");
        _rig.Do(2, new LogCommand(CommandKind.Write) { Client = 100, Text = "Creator3", Frames = WireFrame.Encode("[[Creator0]] hello") });
        _rig.Do(2, new LogCommand(CommandKind.Leave) { Client = 101 });
        _rig.Do(2, new LogCommand(CommandKind.Depart) { Client = 102 });
        foreach (ReplicaChannel channel in _rig.Replica.State.Channels.Take(20).ToArray())
        {
            _rig.Do(1, new LogCommand(CommandKind.RemoveEmpty) { Place = channel.Name, Number = channel.EmptySince });
        }

        _rig.Do(1, new LogCommand(CommandKind.Remove) { Place = "lobby" });
        _rig.Do(1, new LogCommand(CommandKind.Nothing));
        _rig.Do(2, new LogCommand(CommandKind.Bye));
        _rig.Do(1, new LogCommand(CommandKind.Gone) { Number = 3 });
        _rig.Do(1, new LogCommand(CommandKind.Beat) { Number = _rig.Replica.Position, Hash = _rig.Replica.Hash });
    }
}
