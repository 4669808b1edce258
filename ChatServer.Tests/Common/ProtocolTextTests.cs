using CsCheck;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Common;

[TestClass]
public sealed class ProtocolTextTests
{
    private static readonly Dictionary<string, string> Expected = new()
    {
        ["CannotConnect"] = "Unable to connect to {0}:{1}",
        ["ServerDisconnected"] = "Server at {0}:{1} has disconnected",
        ["MessagePrefix"] = "[Me] ",
        ["WipeMe"] = "\r    ",
        ["InvalidControlMessage"] =
            "{0} is not a valid control message. Valid messages are /create, /list, and /join.",
        ["NoChannelExists"] = "No channel named {0} exists. Try '/create {0}'?",
        ["JoinRequiresArgument"] = "/join command must be followed by the name of a channel to join.",
        ["ClientJoined"] = "{0} has joined",
        ["ClientLeft"] = "{0} has left",
        ["ChannelExists"] = "Room {0} already exists, so cannot be created.",
        ["CreateRequiresArgument"] = "/create command must be followed by the name of a channel to create",
        ["ClientNotInChannel"] = "Not currently in any channel. Must join a channel before sending messages.",
        ["NameRefused"] = "That name cannot be used: a name has 1 to 64 bytes and no brackets or line breaks.",
        ["NameInUse"] = "The name {0} is already in use.",
        ["ServerFull"] = "The server is full. Please try again later.",
        ["TooManyFromAddress"] = "There are too many connections from your address. Please try again later.",
        ["TlsOnly"] = "This port speaks TLS only. Connect with TLS (client --tls), or to a port without it.",
        ["ChatUnreachable"] = "The chat cannot be reached. Please try again later.",
        ["TooManyChannels"] = "No more channels can be created on this server.",
    };

    [TestMethod]
    public void Each_text_is_as_the_protocol_has_it()
    {
        Dictionary<string, string> texts = typeof(ProtocolText).GetFields()
            .ToDictionary(field => field.Name, field => (string)field.GetRawConstantValue()!);

        Assert.AreSequenceEqual(Expected, texts, SequenceOrder.InAnyOrder);
    }

    [TestMethod]
    [DataRow(typeof(ProtocolText))]
    [DataRow(typeof(ExtendedText))]
    [DataRow(typeof(AccountText))]
    public void The_list_of_the_lines_has_every_text_that_is_a_line(Type texts)
    {
        string[] noLines = [ProtocolText.MessagePrefix, ProtocolText.WipeMe];
        var lines = (IReadOnlyList<string>)texts.GetProperty("Lines")!.GetValue(null)!;

        Assert.AreSequenceEqual(
            texts.GetFields().Select(field => (string)field.GetRawConstantValue()!).Except(noLines), lines, SequenceOrder.InAnyOrder);
    }

    [TestMethod]
    [DataRow("{0} has left", "Panda", "Panda has left")]
    [DataRow("No channel named {0} exists. Try '/create {0}'?", "tea", "No channel named tea exists. Try '/create tea'?")]
    [DataRow("{0} has left", "{0}", "{0} has left")]
    [DataRow("{0} has left", "{1}", "{1} has left")]
    [DataRow("{0} and {0}", "{0}{1}", "{0}{1} and {0}{1}")]
    [DataRow("{0} has left", "", " has left")]
    [DataRow("nothing to fill in", "Panda", "nothing to fill in")]
    public void A_text_is_filled_in_literally(string text, string argument, string filled)
    {
        Assert.AreEqual(filled, ProtocolText.Fill(text, argument));
    }

    [TestMethod]
    [DataRow("{0} has left", "x", 191, DisplayName = "One place, letters")]
    [DataRow("{0} has left", "é", 95, DisplayName = "One place, two bytes: one byte stays free")]
    [DataRow("{0} has left", "😀", 47, DisplayName = "One place, four bytes: three stay free")]
    [DataRow("No channel named {0} exists. Try '/create {0}'?", "x", 79, DisplayName = "Two places, letters")]
    [DataRow("No channel named {0} exists. Try '/create {0}'?", "€", 26, DisplayName = "Two places, three bytes")]
    public void A_long_argument_is_shortened_between_characters_as_little_as_possible(
        string text, string character, int thatFit)
    {
        string longest = Repeat(character, thatFit);

        string filled = ProtocolText.Fill(text, Repeat(character, 200));

        Assert.AreEqual(text.Replace("{0}", longest, StringComparison.Ordinal), filled);
        Assert.AreEqual(filled, ProtocolText.Fill(text, longest), "the longest that fits is not shortened");
    }

    [TestMethod]
    public void Property_every_text_fits_a_frame_with_any_argument()
    {
        Gen.Select(Gen.OneOf([.. Expected.Values]), Texts.WithLoneSurrogates).Sample((text, argument) =>
            Assert.IsLessThanOrEqualTo(Frame.Size, Texts.Bytes(ProtocolText.Fill(text, argument))));
    }

    [TestMethod]
    [DataRow("localhost", 55555, "Unable to connect to localhost:55555")]
    [DataRow("::1", 1, "Unable to connect to ::1:1")]
    [DataRow("{1}", 1234, "Unable to connect to {1}:1234")]
    [DataRow("{0}", 1234, "Unable to connect to {0}:1234")]
    public void Host_and_port_are_inserted_as_typed(string host, int port, string expected)
    {
        Assert.AreEqual(expected, ProtocolText.Format(ProtocolText.CannotConnect, host, port));
    }

    [TestMethod]
    public void A_text_that_is_only_printed_is_not_shortened()
    {
        string host = new('h', 300);

        Assert.AreEqual(
            $"Server at {host}:55555 has disconnected", ProtocolText.Format(ProtocolText.ServerDisconnected, host, 55555));
    }

    private static string Repeat(string character, int count) => string.Concat(Enumerable.Repeat(character, count));
}
