using System.Net;
using CsCheck;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Cluster;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Cluster;

/// <summary>What comes from the log is not trusted: the bytes are exactly an entry, or they are rejected.</summary>
[TestClass]
public sealed class EntryCodecTests
{
    private static readonly LogCommand[] All =
    [
        new(CommandKind.Hello) { Text = "settings\nof several lines" },
        new(CommandKind.Beat) { Number = 7, Hash = long.MinValue },
        new(CommandKind.Gone) { Number = -1 },
        new(CommandKind.Arrive) { Client = 3, Text = "Zoë", Place = "192.0.2.1" },
        new(CommandKind.Arrive) { Client = 4, Text = "Ana", Peer = new PeerInfo("2001:db8::1", IsAuthenticated: true, IsModerator: true) },
        new(CommandKind.Create) { Client = 3, Place = "tea" },
        new(CommandKind.Join) { Client = 3, Place = "café" },
        new(CommandKind.Say) { Client = 3, Frames = WireFrame.Encode(["[Zoë] hello", "[Zoë] again"]) },
        new(CommandKind.Write) { Client = 3, Text = "Ana Maria", Frames = WireFrame.Encode("[[Zoë]] hello") },
        new(CommandKind.Leave) { Client = 3 },
        new(CommandKind.Depart) { Client = int.MaxValue },
        new(CommandKind.Nothing),
        new(CommandKind.RemoveEmpty) { Place = "tea", Number = 12 },
        new(CommandKind.Kick) { Text = "eve", Frames = WireFrame.Encode("You were removed by a moderator."), IsOfOperator = true },
        new(CommandKind.Ban) { Ban = new SharedBan("Eve", [IPNetwork.Parse("192.0.2.0/24"), IPNetwork.Parse("2001:db8::/64")], 9, "Ana", 5) },
        new(CommandKind.Ban) { Ban = new SharedBan("", [IPNetwork.Parse("192.0.2.7/32")], 0, "[operator]", 5), IsOfOperator = true },
        new(CommandKind.Unban) { Text = "eve", Number = 5 },
        new(CommandKind.Unban) { Place = "192.0.2.0/24", Number = 5 },
        new(CommandKind.Mute) { Text = "*", Number = 5, Until = 9 },
        new(CommandKind.Unmute) { Text = "eve", Number = 5 },
        new(CommandKind.Announce) { Frames = WireFrame.Encode(["Announcement: one", "Announcement: two"]) },
        new(CommandKind.Remove) { Place = "tea" },
        new(CommandKind.Rank) { Client = 4, Peer = new PeerInfo("", IsModerator: true) },
        new(CommandKind.ListsBrought),
        new(CommandKind.Bye),
    ];

    private static IEnumerable<object[]> Wrong =>
    [
        ["a name that nobody can have", new LogCommand(CommandKind.Arrive) { Text = "a]b" }],
        ["a name with a line break", new LogCommand(CommandKind.Arrive) { Text = "a\nb" }],
        ["a name that is too long", new LogCommand(CommandKind.Arrive) { Text = new string('a', 65) }],
        ["an empty name", new LogCommand(CommandKind.Arrive)],
        ["a channel of two words", new LogCommand(CommandKind.Join) { Place = "a b" }],
        ["a channel without a name", new LogCommand(CommandKind.Create)],
        ["a channel that fits no command", new LogCommand(CommandKind.Create) { Place = new string('a', 199) }],
        ["a part of a frame", new LogCommand(CommandKind.Say) { Frames = new byte[199] }],
        ["a ban of nobody", new LogCommand(CommandKind.Ban) { Ban = new SharedBan("", [], 0, "Ana", 5) }],
        ["a ban of a name that nobody can have", new LogCommand(CommandKind.Ban) { Ban = new SharedBan("a]b", [], 0, "Ana", 5) }],
        ["a ban of too many networks", new LogCommand(CommandKind.Ban) { Ban = new SharedBan("Eve", [.. Enumerable.Repeat(IPNetwork.Parse("192.0.2.7/32"), 1_001)], 0, "Ana", 5) }],
        ["a ban by a moderator with a long name", new LogCommand(CommandKind.Ban) { Ban = new SharedBan("Eve", [], 0, new string('a', 201), 5) }],
        ["a kick of a name that is too long", new LogCommand(CommandKind.Kick) { Text = new string('a', 801), Frames = WireFrame.Encode("x") }],
        ["a kick with two last frames", new LogCommand(CommandKind.Kick) { Text = "eve", Frames = WireFrame.Encode(["x", "y"]) }],
        ["an announcement of nothing", new LogCommand(CommandKind.Announce)],
        ["no frame", new LogCommand(CommandKind.Say)],
        ["too many frames", new LogCommand(CommandKind.Say) { Frames = new byte[321 * 200] }],
        ["a ban by a moderator whose name controls a terminal", new LogCommand(CommandKind.Ban) { Ban = new SharedBan("Eve", [], 0, "a\e[2J", 5) }],
        ["a kind that there is not", new LogCommand((CommandKind)99)],
    ];

    [TestMethod]
    public void A_command_of_every_kind_is_decoded_as_it_was_encoded()
    {
        ServerEntry? read = EntryCodec.TryDecode(EntryCodec.Encode(new ServerEntry(long.MaxValue, 5, All)));

        Assert.IsNotNull(read);
        Assert.AreEqual((long.MaxValue, 5L), (read.Incarnation, read.Number));
        Assert.AreSequenceEqual(All.Select(Show), read.Commands.Select(Show));
        Assert.IsEmpty(Enum.GetValues<CommandKind>().Except(All.Select(command => command.Kind)), "Each kind is tried.");
    }

    [TestMethod]
    [DynamicData(nameof(Wrong))]
    public void Bytes_with_a_wrong_command_are_rejected(string what, object command) =>
        Assert.IsNull(EntryCodec.TryDecode(EntryCodec.Encode(new ServerEntry(1, 0, [(LogCommand)command]))), what);

    /// <summary>Clients get the frames of an entry as they are.</summary>
    [TestMethod]
    [DataRow("a control sequence", "1B5B324A")]
    [DataRow("a line break", "610A5B416E615D2068656C6C6F")]
    [DataRow("a carriage return", "610D5B416E615D2068656C6C6F")]
    [DataRow("NUL", "6100")]
    [DataRow("DEL", "617F")]
    [DataRow("a C1 control", "C29B")]
    [DataRow("a line separator", "E280A8")]
    [DataRow("a character that reorders the line", "E280AE")]
    [DataRow("bytes that are no text", "FFFEC3")]
    [DataRow("an overlong slash", "C0AF")]
    [DataRow("half a surrogate pair", "EDA080")]
    public void Frames_that_no_server_makes_are_rejected_in_each_command(string what, string hex)
    {
        byte[] wrong = WireFrame.Pad([.. "[Zoë] "u8, .. Convert.FromHexString(hex)]);
        byte[] right = WireFrame.Encode("[Zoë] hello, Ана 🐼");
        Assert.IsNotEmpty(All.Where(command => !command.Frames.IsEmpty));
        foreach (LogCommand command in All.Where(command => !command.Frames.IsEmpty))
        {
            byte[][] all = command.Kind == CommandKind.Kick ? [wrong] : [wrong, [.. right, .. wrong], [.. wrong, .. right]];
            foreach (byte[] frames in all)
            {
                Assert.IsNull(EntryCodec.TryDecode(EntryCodec.Encode(new ServerEntry(1, 0, [command with { Frames = frames }]))), $"{command.Kind}: {what}");
            }

            Assert.IsNotNull(EntryCodec.TryDecode(EntryCodec.Encode(new ServerEntry(1, 0, [command with { Frames = right }]))), $"{command.Kind}");
        }
    }

    [TestMethod]
    public void A_character_does_not_go_from_one_frame_to_the_next()
    {
        byte[] bytes = [.. new string('x', 199).Select(c => (byte)c), .. "é"u8, .. new string('x', 199).Select(c => (byte)c)];

        Assert.IsNull(EntryCodec.TryDecode(EntryCodec.Encode(new ServerEntry(1, 0, [new LogCommand(CommandKind.Say) { Frames = bytes }]))));
    }

    [TestMethod]
    public void Bytes_without_a_command_are_not_an_entry() => Assert.IsNull(EntryCodec.TryDecode(EntryCodec.Encode(new ServerEntry(1, 0, []))));

    [TestMethod]
    public void An_entry_that_is_cut_off_anywhere_or_has_more_at_its_end_is_rejected()
    {
        byte[] whole = EntryCodec.Encode(new ServerEntry(1, 0, All));

        for (int length = 0; length < whole.Length; length++)
        {
            Assert.IsNull(EntryCodec.TryDecode(whole.AsMemory(0, length)), $"of {length} bytes");
        }

        Assert.IsNull(EntryCodec.TryDecode((byte[])[.. whole, 0]));
    }

    [TestMethod]
    public void An_entry_of_another_version_is_rejected()
    {
        byte[] whole = EntryCodec.Encode(new ServerEntry(1, 0, All));
        whole[0]++;

        Assert.IsNull(EntryCodec.TryDecode(whole));
    }

    [TestMethod]
    public void Property_changed_bytes_are_an_entry_or_none_and_no_exception()
    {
        byte[] whole = EntryCodec.Encode(new ServerEntry(1, 0, All));

        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte).Array[1, 5].Sample(changes =>
        {
            byte[] changed = [.. whole];
            foreach ((int at, byte value) in changes)
            {
                changed[at] = value;
            }

            ServerEntry? read = EntryCodec.TryDecode(changed);
            Assert.IsTrue(read is null || read.Commands.Count > 0);
        });
    }

    private static string Show(LogCommand command) =>
        $"{command.Kind} {command.Client} {command.Text} {command.Place} {command.Number} {command.Hash} {Convert.ToHexString(command.Frames.Span)} "
        + $"{command.Peer} {command.IsOfOperator} {command.Until} {command.Ban?.Name} {string.Join(',', command.Ban?.Networks ?? [])} {command.Ban?.Until} {command.Ban?.By} {command.Ban?.At}";
}
