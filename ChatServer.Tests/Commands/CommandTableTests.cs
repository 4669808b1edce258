using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Commands;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Commands;

[TestClass]
public sealed class CommandTableTests
{
    [TestMethod]
    [DataRow("/create", "create, nothing")]
    [DataRow("/create tea", "create, 'tea'")]
    [DataRow("/create tea and cakes", "create, 'tea'", DisplayName = "words after the argument are ignored")]
    [DataRow("/create [tea]", "create, '[tea]'")]
    [DataRow("/create /tea", "create, '/tea'")]
    [DataRow("/create Straße", "create, 'Straße'")]
    [DataRow("/join", "join, nothing")]
    [DataRow("/join tea", "join, 'tea'")]
    [DataRow("/join tea now", "join, 'tea'")]
    [DataRow("/list", "list")]
    [DataRow("/list everything there is", "list", DisplayName = "/list takes anything behind it")]
    [DataRow("/", "unknown, '/'")]
    [DataRow("/ join tea", "unknown, '/'")]
    [DataRow("//", "unknown, '//'")]
    [DataRow("//join tea", "unknown, '//join'")]
    [DataRow("/quit", "unknown, '/quit'")]
    [DataRow("/quit now", "unknown, '/quit'")]
    [DataRow("/joinx", "unknown, '/joinx'")]
    [DataRow("/joinx tea", "unknown, '/joinx'")]
    [DataRow("/joi tea", "unknown, '/joi'")]
    [DataRow("/JOIN tea", "unknown, '/JOIN'")]
    [DataRow("/Create tea", "unknown, '/Create'")]
    [DataRow("/LIST", "unknown, '/LIST'")]
    [DataRow("/listall", "unknown, '/listall'")]
    public void The_first_word_selects_the_command(string text, string command)
    {
        Assert.AreEqual(command, Parse(text));
    }

    [TestMethod]
    [DataRow("/join   tea", "join, 'tea'")]
    [DataRow("/join\ttea", "join, 'tea'")]
    [DataRow("/join \t \r tea \t now", "join, 'tea'")]
    [DataRow("/join\ntea", "join, 'tea'")]
    [DataRow("/join tea\n", "join, 'tea'")]
    [DataRow("/join\u3000tea", "join, 'tea'", DisplayName = "the blank of Chinese and Japanese")]
    [DataRow("/join\u00a0\u2003tea", "join, 'tea'")]
    [DataRow("/create [Bob]\u00a0I\u00a0give\u00a0up", "create, '[Bob]'", DisplayName = "no name of a channel looks like a message")]
    [DataRow("/create [Bob]\u2800I\u2800give\u2800up", "create, '[Bob]'", DisplayName = "neither with braille without dots")]
    [DataRow("/create [Bob]\u3164hi", "create, '[Bob]'", DisplayName = "nor with a filler")]
    [DataRow("/create \u00a0", "create, nothing")]
    [DataRow("/create \u200b\u2060", "create, nothing", DisplayName = "a name without a visible character")]
    [DataRow("/create te\u200ea\u061c", "create, 'tea'", DisplayName = "marks of direction are dropped")]
    [DataRow("/what\u2003now", "unknown, '/what'")]
    [DataRow("/join \r\n", "join, nothing")]
    [DataRow("/create\t", "create, nothing")]
    [DataRow("/list\r\n", "list")]
    [DataRow("/\ttea", "unknown, '/'")]
    public void Words_are_separated_by_runs_of_whitespace(string text, string command)
    {
        Assert.AreEqual(command, Parse(text));
    }

    [TestMethod]
    [DataRow("/join tea\0\0\0", "join, 'tea'", DisplayName = "filled up with NULs")]
    [DataRow("/join\0\0\0", "join, nothing", DisplayName = "filled up with NULs, no argument")]
    [DataRow("/list\n\0\0\0", "list", DisplayName = "a newline, then NULs")]
    [DataRow("/join t\u202eea", "join, 'tea'", DisplayName = "a bidirectional control in the name")]
    [DataRow("/create \u2066", "create, nothing", DisplayName = "a name that is empty after cleaning")]
    [DataRow("/cr\u0085eate x\u001b[2J", "create, 'x'", DisplayName = "a terminal's control sequence")]
    public void Control_characters_are_removed_first(string text, string command)
    {
        Assert.AreEqual(command, Parse(text));
    }

    [TestMethod]
    public void An_invalid_byte_in_a_name_becomes_a_question_mark()
    {
        Assert.AreEqual("join, 't?a'", Parse([.. "/join t"u8, 0xff, .. "a"u8]));
    }

    [TestMethod]
    [DataRow("Hello world!")]
    [DataRow("join tea")]
    [DataRow(" /list", DisplayName = "A slash behind a space")]
    [DataRow("\t/list", DisplayName = "A slash behind a tab")]
    [DataRow("x/list")]
    public void A_text_without_a_leading_slash_is_a_message(string text)
    {
        Assert.AreEqual("say", Parse(text));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow(" ")]
    [DataRow("\n")]
    [DataRow(" \t\r\n ")]
    public void A_frame_of_whitespace_only_is_blank(string text)
    {
        Assert.AreEqual("blank", Parse(text));
    }

    private static string Parse(string text) => Parse(Encoding.UTF8.GetBytes(text.PadRight(100)));

    /// <summary>The command that runs, as the table finds it, with its argument.</summary>
    private static string Parse(byte[] frame)
    {
        ReadOnlySpan<byte> text = Frame.Text(frame);
        if (!ControlMessage.TryParse(text, out ControlMessage message))
        {
            return text.IsEmpty ? "blank" : "say";
        }

        using var channels = new ChannelTable(maxChannels: 1);
        ControlCommand? command = CommandTable.OfAssignment(new LocalChat(channels), NullLogger.Instance).Find(message.Word);
        return command switch
        {
            null => $"unknown, '{message.Word}'",
            ListCommand => "list",
            CreateCommand => $"create, {Quote(message.Argument)}",
            JoinCommand => $"join, {Quote(message.Argument)}",
            _ => command.Word,
        };
    }

    private static string Quote(string? argument) => argument is null ? "nothing" : $"'{argument}'";
}
