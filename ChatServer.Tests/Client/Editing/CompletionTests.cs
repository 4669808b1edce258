using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.ChatClient.Editing;
using ThreadedChat.ChatClient.Input;
using ThreadedChat.ChatClient.Session;

namespace ThreadedChat.ChatServer.Tests.Client.Editing;

/// <summary>Completion of the commands of the extended mode.</summary>
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

    private void Hear(params string[] lines)
    {
        foreach (string line in lines)
        {
            _conversation.Heard(new ReceivedText(line));
        }
    }

    private string Complete(string typed)
    {
        _editor.Clear();
        _editor.TryInsert(typed);
        new Completion(_conversation).Apply(_editor, step: 1);
        return _editor.Text;
    }
}
