using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.ChatClient.Editing;
using ThreadedChat.ChatClient.Input;
using ThreadedChat.ChatClient.Session;

namespace ThreadedChat.ChatServer.Tests.Client.Editing;

/// <summary>Completion of the commands of the extended mode and of moderators.</summary>
[TestClass]
public sealed class CompletionTests
{
    private readonly Conversation _conversation = new(new FakeTimeProvider());
    private readonly LineEditor _editor = new();

    [TestMethod]
    [DataRow("/msg b", "/msg Bob ")]
    [DataRow("/msg an", "/msg [Ana Maria] ")]
    [DataRow("/msg [an", "/msg [Ana Maria] ")]
    [DataRow("/msg [Ana M", "/msg [Ana Maria] ")]
    [DataRow("/msg Ana M", "/msg [Ana Maria] ")]
    [DataRow("/msg [B", "/msg [Bob] ")]
    [DataRow("/msg Bob hello A", "/msg Bob hello Ana Maria ")]
    [DataRow("/msg x", "/msg x")]
    [DataRow("/who ro", "/who room")]
    [DataRow("/re", "/reply ")]
    [DataRow("/kick an", "/kick [Ana Maria] ")]
    [DataRow("/ban b", "/ban Bob ")]
    [DataRow("/mute [an", "/mute [Ana Maria] ")]
    [DataRow("/remove ro", "/remove room")]
    public void Names_behind_a_command_are_completed_as_the_command_wants_them(string typed, string completed)
    {
        _conversation.Connected(1);
        Hear("Ana Maria has joined", "[Bob] hi");
        _conversation.Typed("/join room", new LineFramer("Panda").Next(new LinePart("/join room", EndsLine: true)));

        Assert.AreEqual(completed, Complete(typed));
    }

    [TestMethod]
    [DataRow("/wh", "/who ")]
    [DataRow("/ms", "/msg ")]
    [DataRow("/le", "/leave")]
    [DataRow("/hi", "/history ")]
    public void The_commands_of_the_extended_mode_are_offered_once_the_server_is_known_to_have_them(string typed, string completed)
    {
        Assert.AreEqual(typed, Complete(typed));
        Hear("[[Ana]] psst");

        Assert.AreEqual(completed, Complete(typed));
    }

    [TestMethod]
    [DataRow("/ki", "/kick ")]
    [DataRow("/bans", "/bans")]
    [DataRow("/unm", "/unmute ")]
    [DataRow("/ann", "/announce ")]
    [DataRow("/rem", "/remove ")]
    public void The_commands_of_moderators_are_offered_once_the_server_has_done_one_of_them(string typed, string completed)
    {
        var conversation = new Conversation(new FakeTimeProvider(), usesFence: true);
        conversation.Connected(1);
        Assert.AreEqual(typed, Complete(typed, conversation));
        AskForBans(conversation, "/bans is not a valid control message. Valid messages are /create, /list, and /join.");
        Assert.AreEqual(typed, Complete(typed, conversation));

        AskForBans(conversation, "There are no bans.");

        Assert.AreEqual(completed, Complete(typed, conversation));
        AskForBans(conversation, "/bans is not a valid control message. Valid messages are /create, /list, and /join.");
        Assert.AreEqual(typed, Complete(typed, conversation), "No moderator any more.");
    }

    /// <summary>The user asks for the bans, and then, with an incomplete join, whether that was handled.</summary>
    private static void AskForBans(Conversation conversation, string answer)
    {
        foreach (string line in (string[])["/bans", "/join"])
        {
            conversation.Typed(line, new LineFramer("Panda").Next(new LinePart(line, EndsLine: true)));
            conversation.Next();
        }

        conversation.NoteReceived(new ReceivedText(answer));
        conversation.NoteReceived(new ReceivedText("/join command must be followed by the name of a channel to join."));
    }

    private void Hear(params string[] lines)
    {
        foreach (string line in lines)
        {
            _conversation.NoteReceived(new ReceivedText(line));
        }
    }

    private string Complete(string typed) => Complete(typed, _conversation);

    private string Complete(string typed, Conversation conversation)
    {
        _editor.Clear();
        _editor.TryInsert(typed);
        new Completion(conversation).Apply(_editor, step: 1);
        return _editor.Text;
    }
}
