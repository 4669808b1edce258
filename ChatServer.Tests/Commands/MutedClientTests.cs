using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Commands;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Commands;

/// <summary>A mute stops what a client says, in its channel and to one person, and nothing else.</summary>
[TestClass]
public sealed class MutedClientTests : IDisposable
{
    private const string Answer = "You are muted.";

    private readonly Chat _chat = new(extended: true, mutes: new AliceIsMuted());
    private readonly ChatUser _alice;
    private readonly ChatUser _bob;

    public MutedClientTests() => (_alice, _bob, _) = _chat.Three("tea");

    public void Dispose() => _chat.Dispose();

    [TestMethod]
    [DataRow("hello")]
    [DataRow("/msg Bob hello")]
    [DataRow("/msg [Bob] hello")]
    [DataRow("/msg Nobody hello")]
    public void Nobody_gets_what_a_muted_client_says(string line)
    {
        _alice.Sends(line);

        _alice.Got(Answer);
        _bob.GotNothing();
    }

    [TestMethod]
    [DataRow("/msg", ExtendedText.MsgRequiresArguments)]
    [DataRow("/msg Bob", ExtendedText.MsgRequiresArguments)]
    [DataRow("/list", "tea")]
    [DataRow("/join", "/join command must be followed by the name of a channel to join.")]
    public void A_muted_client_gets_the_answers_to_its_commands(string line, string answer)
    {
        _alice.Sends(line);

        _alice.Got(answer);
    }

    [TestMethod]
    [DataRow("hello", "[Bob] hello")]
    [DataRow("/msg Alice hello", "[[Bob]] hello")]
    public void A_muted_client_gets_what_others_say(string line, string received)
    {
        _bob.Sends(line);

        _alice.Got(received);
    }

    private sealed class AliceIsMuted : IMutes
    {
        public bool Silences(Participant sender)
        {
            if (sender.Name != "Alice")
            {
                return false;
            }

            sender.Reply(Answer);
            return true;
        }
    }
}
