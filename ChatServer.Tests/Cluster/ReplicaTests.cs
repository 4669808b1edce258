using ThreadedChat.ChatServer.Cluster;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Cluster;

/// <summary>The effect of each command of the log on the state.</summary>
[TestClass]
public sealed class ReplicaTests
{
    private readonly ReplicaRig _rig = new();

    [TestMethod]
    public void An_entry_is_applied_once_and_never_after_a_gap()
    {
        StartWithAna();
        var say = new LogCommand(CommandKind.Say) { Client = 1, Frames = WireFrame.Encode("[Ana] once") };

        Assert.IsTrue(_rig.AddNumbered(1, 5, say).IsVoid, "A number too high.");
        Assert.IsFalse(_rig.AddNumbered(1, 3, say).IsVoid);
        Assert.IsTrue(_rig.AddNumbered(1, 3, say).IsVoid, "A copy.");
        Assert.IsTrue(_rig.AddNumbered(1, 2, say).IsVoid, "An old one.");

        Assert.HasCount(1, _rig.Events.Where(text => text == "tea: [Ana] once"));
    }

    [TestMethod]
    public void Entries_of_a_server_that_has_not_said_hello_are_ignored()
    {
        Assert.AreEqual(CommandOutcome.Void, _rig.Arrive(9, 1, "Ana"));
        Assert.IsTrue(_rig.AddNumbered(9, 1, new LogCommand(CommandKind.Hello) { Text = ReplicaRig.Settings.ToString() }).IsVoid);
        Assert.IsEmpty(_rig.Replica.State.Servers);
    }

    [TestMethod]
    public void Bytes_that_are_no_entry_change_nothing()
    {
        StartWithAna();
        int events = _rig.Events.Count;

        Assert.IsTrue(_rig.Replica.Apply(_rig.Log.Count + 1, (byte[])[1, 2, 3]).IsVoid);

        Assert.HasCount(events, _rig.Events);
    }

    [TestMethod]
    public void A_channel_is_created_once_over_all_servers_and_a_client_that_fails_keeps_its_channel()
    {
        StartWithAna();
        _rig.Hello(2);
        _rig.Arrive(2, 1, "Bea");
        Assert.AreEqual(CommandOutcome.Done, _rig.Create(2, 1, "coffee"));

        Assert.AreEqual(CommandOutcome.Exists, _rig.Create(2, 1, "tea"));
        Assert.AreEqual(CommandOutcome.Absent, _rig.Join(2, 1, "cocoa"));
        _rig.Say(2, 1, "[Bea] still here");

        _rig.Events.TakeLast(1).MustBe("coffee: [Bea] still here");
    }

    [TestMethod]
    public void Two_forms_of_one_name_are_one_channel()
    {
        StartWithAna();
        _rig.Create(1, 1, "caf\u00e9");

        Assert.AreEqual(CommandOutcome.Exists, _rig.Create(1, 1, "cafe\u0301"));
        Assert.AreEqual(CommandOutcome.Done, _rig.Join(1, 1, "cafe\u0301"));
    }

    [TestMethod]
    public void The_old_channel_sees_a_change_of_channel_first()
    {
        StartWithAna();
        _rig.Create(1, 1, "coffee");
        _rig.Join(1, 1, "tea");

        _rig.Events.TakeLast(5).MustBe(
            "coffee is there", "tea: Ana has left", "coffee: Ana has joined", "coffee: Ana has left", "tea: Ana has joined");
    }

    [TestMethod]
    public void Max_channels_applies_to_all_servers_together()
    {
        ClusterSettings settings = ReplicaRig.Settings with { MaxChannels = 2 };
        _rig.Hello(1, settings);
        _rig.Hello(2, settings);
        _rig.Arrive(1, 1, "Ana", "a");
        _rig.Arrive(2, 1, "Bea", "b");
        _rig.Arrive(2, 2, "Cid", "c");

        Assert.AreEqual(CommandOutcome.Done, _rig.Create(1, 1, "one"));
        Assert.AreEqual(CommandOutcome.Done, _rig.Create(2, 1, "two"));
        Assert.AreEqual(CommandOutcome.Full, _rig.Create(2, 2, "three"));
    }

    [TestMethod]
    public void A_connection_has_its_share_of_the_channels()
    {
        ClusterSettings settings = ReplicaRig.Settings with { MaxChannels = 4 };
        _rig.Hello(1, settings);
        _rig.Arrive(1, 1, "Ana", "a");

        Assert.AreEqual(CommandOutcome.Done, _rig.Create(1, 1, "one"));
        Assert.AreEqual(CommandOutcome.Done, _rig.Create(1, 1, "two"));
        Assert.AreEqual(CommandOutcome.Full, _rig.Create(1, 1, "three"));
    }

    [TestMethod]
    [DataRow(false, "ANA")]
    [DataRow(true, "An\u0430", DisplayName = "strict: a letter of another script that looks the same")]
    public void Only_one_client_of_all_servers_has_a_unique_name_until_it_or_its_server_has_gone(bool strict, string second)
    {
        ClusterSettings settings = ReplicaRig.Settings with { UniqueNames = true, StrictNames = strict };
        _rig.Hello(1, settings);
        _rig.Hello(2, settings);
        Assert.AreEqual(CommandOutcome.Done, _rig.Arrive(1, 1, "Ana"));
        Assert.AreEqual(CommandOutcome.Exists, _rig.Arrive(2, 1, second));

        _rig.Do(1, new LogCommand(CommandKind.Depart) { Client = 1 });
        Assert.AreEqual(CommandOutcome.Done, _rig.Arrive(2, 1, second));
        Assert.AreEqual(CommandOutcome.Exists, _rig.Arrive(1, 2, "Ana"));

        _rig.Do(1, new LogCommand(CommandKind.Gone) { Number = 2 });
        Assert.AreEqual(CommandOutcome.Done, _rig.Arrive(1, 3, "Ana"));
    }

    [TestMethod]
    public void A_server_that_is_gone_leaves_with_all_its_members_and_its_later_entries_are_void()
    {
        StartWithAna();
        _rig.Hello(2);
        _rig.Arrive(2, 1, "Bea");
        _rig.Join(2, 1, "tea");

        Assert.AreEqual(CommandOutcome.Done, _rig.Do(1, new LogCommand(CommandKind.Gone) { Number = 2 }));
        _rig.Events.TakeLast(2).MustBe("tea: Bea has left", "server 2 is gone");
        Assert.AreEqual(CommandOutcome.Void, _rig.Say(2, 1, "[Bea] too late"));
        Assert.AreEqual(CommandOutcome.Absent, _rig.Do(1, new LogCommand(CommandKind.Gone) { Number = 2 }), "A second proposal.");
        Assert.IsTrue(_rig.AddNumbered(2, 0, new LogCommand(CommandKind.Hello) { Text = ReplicaRig.Settings.ToString() }).IsVoid, "A late copy.");
    }

    [TestMethod]
    public void A_server_that_stops_leaves_at_once()
    {
        StartWithAna();

        _rig.Do(1, new LogCommand(CommandKind.Bye));

        _rig.Events.TakeLast(2).MustBe("tea: Ana has left", "server 1 stops");
        Assert.IsNotNull(_rig.Replica.State.Channel("tea"), "The channel stays.");
    }

    [TestMethod]
    public void No_server_lets_a_client_speak_as_another()
    {
        StartWithAna();
        _rig.Arrive(1, 2, "Bea");
        _rig.Join(1, 2, "tea");

        Assert.AreEqual(CommandOutcome.Void, _rig.Say(1, 2, "[Ana] not me"));
        Assert.AreEqual(CommandOutcome.Void, _rig.Say(1, 2, "Ana has left"));
        Assert.AreEqual(CommandOutcome.Void, _rig.Say(1, 3, "[Ana] from a client that does not exist"));
    }

    [TestMethod]
    public void A_server_with_other_settings_is_not_let_in()
    {
        StartWithAna();

        Assert.IsTrue(_rig.Hello(2, ReplicaRig.Settings with { MaxChannels = 7 }).IsVoid);

        Assert.AreEqual(
            "--max-channels is '100' there and '7' here", (ReplicaRig.Settings with { MaxChannels = 7 }).DifferenceTo(ReplicaRig.Settings));
    }

    [TestMethod]
    public void The_first_server_brings_the_settings_and_the_channels_of_the_start()
    {
        StartWithAna();
        _rig.Do(1, new LogCommand(CommandKind.Bye));

        Assert.IsFalse(_rig.Hello(2, ReplicaRig.Settings with { MayCreate = false, Channels = ["lobby", "tea"] }).IsVoid);

        _rig.Arrive(2, 1, "Bea");
        Assert.AreEqual(CommandOutcome.Full, _rig.Create(2, 1, "coffee"));
        Assert.AreEqual(CommandOutcome.Done, _rig.Join(2, 1, "lobby"));
        Assert.AreEqual(CommandOutcome.Done, _rig.Join(2, 1, "tea"));
    }

    [TestMethod]
    public void A_channel_is_removed_only_if_it_is_still_empty_since_the_same_position()
    {
        StartWithAna();
        _rig.Do(1, new LogCommand(CommandKind.Leave) { Client = 1 });
        long since = _rig.Log.Count;
        var remove = new LogCommand(CommandKind.RemoveEmpty) { Place = "tea", Number = since };

        _rig.Join(1, 1, "tea");
        Assert.AreEqual(CommandOutcome.Void, _rig.Do(1, remove), "Somebody is there.");
        _rig.Do(1, new LogCommand(CommandKind.Leave) { Client = 1 });
        Assert.AreEqual(CommandOutcome.Void, _rig.Do(1, remove), "A channel with members must not be removed.");
        Assert.AreEqual(CommandOutcome.Done, _rig.Do(1, remove with { Number = since + 3 }));
        Assert.IsNull(_rig.Replica.State.Channel("tea"));
    }

    [TestMethod]
    public void A_message_to_one_client_needs_a_name_that_is_there()
    {
        ClusterSettings settings = ReplicaRig.Settings with { UniqueNames = true };
        _rig.Hello(1, settings);
        _rig.Hello(2, settings);
        _rig.Arrive(1, 1, "Ana");
        _rig.Arrive(2, 1, "Bea");
        LogCommand Write(string to, string text) => new(CommandKind.Write) { Client = 1, Text = to, Frames = WireFrame.Encode(text) };

        Assert.AreEqual(CommandOutcome.Done, _rig.Do(1, Write("BEA", "[[Ana]] hello")));
        Assert.AreEqual(CommandOutcome.Absent, _rig.Do(1, Write("Cid", "[[Ana]] hello")));
        Assert.AreEqual(CommandOutcome.Void, _rig.Do(1, Write("Bea", "[[Bea]] hello")));
        _rig.Events.TakeLast(1).MustBe("to Bea: [[Ana]] hello");
    }

    [TestMethod]
    public void A_message_has_text_after_the_name_in_one_of_its_frames()
    {
        _rig.Hello(1, ReplicaRig.Settings with { UniqueNames = true });
        _rig.Arrive(1, 1, "Ana");
        _rig.Create(1, 1, "tea");
        _rig.Arrive(1, 2, "Bea");
        LogCommand Say(params string[] texts) => new(CommandKind.Say) { Client = 1, Frames = WireFrame.Encode(texts) };
        LogCommand Write(params string[] texts) => new(CommandKind.Write) { Client = 1, Text = "Bea", Frames = WireFrame.Encode(texts) };

        Assert.AreEqual(CommandOutcome.Void, _rig.Do(1, Say("[Ana] ")));
        Assert.AreEqual(CommandOutcome.Void, _rig.Do(1, Say("[Ana] ", "[Ana]   ")));
        Assert.AreEqual(CommandOutcome.Void, _rig.Do(1, Say("[Ana]hello")));
        Assert.AreEqual(CommandOutcome.Void, _rig.Do(1, Say("[Ana] hello", "[Bea] hello")));
        Assert.AreEqual(CommandOutcome.Void, _rig.Do(1, Write("[[Ana]] ")));
        Assert.AreEqual(CommandOutcome.Done, _rig.Do(1, Say("[Ana] ", "[Ana]  x")), "The text begins with more spaces than a frame has.");
        Assert.AreEqual(CommandOutcome.Done, _rig.Do(1, Write("[[Ana]] x", "[[Ana]] ")), "The text ends with more spaces than a frame has.");
    }

    [TestMethod]
    public void A_beat_of_the_oldest_server_with_another_hash_shows_that_the_replica_has_gone_astray()
    {
        StartWithAna();
        _rig.Hello(2);
        var good = new LogCommand(CommandKind.Beat) { Number = _rig.Replica.Position, Hash = _rig.Replica.Hash };
        LogCommand bad = good with { Hash = good.Hash + 1 };

        Assert.IsFalse(_rig.Add(1, good).HasDiverged);
        Assert.IsFalse(_rig.Add(2, bad).HasDiverged, "It is not the oldest.");
        Assert.IsTrue(_rig.Add(1, bad).HasDiverged);
    }

    [TestMethod]
    public void A_replica_that_starts_from_a_snapshot_continues_like_the_replica_that_made_it()
    {
        _rig.Hello(1, ReplicaRig.Settings with { MaxChannels = 4, UniqueNames = true, Channels = ["lobby"] });
        _rig.Arrive(1, 1, "Ana", "a");
        _rig.Create(1, 1, "tea");
        _rig.Arrive(1, 2, "Bea", "b");
        _rig.Join(1, 2, "tea");
        _rig.Do(1, new LogCommand(CommandKind.Depart) { Client = 1 });
        var last = new StoredEntry(_rig.Log.Count, 77, _rig.Log[^1]);
        var other = new ReplicaRig();

        ImageMark? mark = ReplicaImage.TryLoad(ReplicaImage.Save(_rig.Replica, last), other.Replica);

        Assert.AreEqual(ImageMark.Of(last), mark);
        LogCommand[] next =
        [
            new(CommandKind.Say) { Client = 2, Frames = WireFrame.Encode("[Bea] hello") },
            new(CommandKind.Create) { Client = 2, Place = "one" },
            new(CommandKind.Create) { Client = 2, Place = "two" },
            new(CommandKind.Create) { Client = 2, Place = "three" },
            new(CommandKind.Join) { Client = 2, Place = "lobby" },
            new(CommandKind.Arrive) { Client = 3, Text = "bea" },
            new(CommandKind.Arrive) { Client = 4, Text = "Ana" },
        ];
        CommandOutcome[] expected = [.. _rig.Add(1, next).Results.Select(result => result.Outcome)];
        Applied applied = other.Replica.Apply(_rig.Log.Count, _rig.Log[^1]);
        Assert.AreSequenceEqual(expected, applied.Results.Select(result => result.Outcome));
        Assert.Contains(CommandOutcome.Full, expected);
        Assert.Contains(CommandOutcome.Exists, expected);
        Assert.AreEqual(_rig.Replica.Hash, other.Replica.Hash);
    }

    [TestMethod]
    public void A_snapshot_that_is_cut_off_anywhere_is_rejected()
    {
        StartWithAna();
        ReadOnlyMemory<byte> image = ReplicaImage.Save(_rig.Replica, new StoredEntry(_rig.Log.Count, 1, _rig.Log[^1]));

        for (int length = 0; length < image.Length; length++)
        {
            Assert.IsNull(ReplicaImage.TryLoad(image[..length], new ReplicaRig().Replica), $"of {length} bytes");
        }
    }

    private void StartWithAna()
    {
        _rig.Hello(1);
        _rig.Arrive(1, 1, "Ana");
        _rig.Create(1, 1, "tea");
    }
}
