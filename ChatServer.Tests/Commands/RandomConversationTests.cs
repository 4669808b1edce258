using CsCheck;
using ThreadedChat.ChatServer.Tests.Doubles;

namespace ThreadedChat.ChatServer.Tests.Commands;

/// <summary>Random conversations, against the rules of the protocol written down a second time in the plainest way.</summary>
[TestClass]
public sealed class RandomConversationTests
{
    private static readonly string[] Names = ["Alice", "Bob", "Carol", "Carol"];

    private static readonly Gen<string> Line = Gen.Frequency(
        (3, Gen.OneOf("tea", "coffee", "cocoa").Select(channel => $"/join {channel}")),
        (2, Gen.OneOf("tea", "coffee", "cocoa").Select(channel => $"/create {channel}")),
        (1, Gen.OneOf("/list", "/join", "/create", "/nope", "", " /list")),
        (5, Gen.Int[0, 999].Select(number => $"message {number}")));

    [TestMethod]
    public void Property_in_any_conversation_each_client_gets_the_frames_of_the_protocol()
    {
        Gen<(int Who, string[] Lines)> read = Gen.Select(Gen.Int[0, Names.Length - 1], Line.Array[1, 6]);

        read.Array[1, 60].Sample(reads =>
        {
            using var chat = new Chat();
            var model = new Model();
            ChatUser[] people = [.. Names.Select(chat.Admit)];

            foreach ((int who, string[] lines) in reads)
            {
                people[who].Sends(lines);
                Array.ForEach(lines, line => model.Sends(who, line));
            }

            for (int i = 0; i < people.Length; i++)
            {
                people[i].Got([.. model.Received[i]]);
            }
        });
    }

    private sealed class Model
    {
        private readonly SortedSet<string> _channels = new(StringComparer.Ordinal);
        private readonly string?[] _in = new string?[Names.Length];

        public List<string>[] Received { get; } = [.. Names.Select(_ => new List<string>())];

        public void Sends(int who, string line)
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            string? argument = words.Length > 1 ? words[1] : null;
            switch (line.Split(' ')[0])
            {
                case "/create" when argument is null:
                    Received[who].Add("/create command must be followed by the name of a channel to create");
                    break;
                case "/create" when !_channels.Add(argument!):
                    Received[who].Add($"Room {argument} already exists, so cannot be created.");
                    break;
                case "/join" when argument is null:
                    Received[who].Add("/join command must be followed by the name of a channel to join.");
                    break;
                case "/join" when !_channels.Contains(argument!):
                    Received[who].Add($"No channel named {argument} exists. Try '/create {argument}'?");
                    break;
                case "/create" or "/join":
                    TellOthers(who, $"{Names[who]} has left");
                    _in[who] = argument;
                    TellOthers(who, $"{Names[who]} has joined");
                    break;
                case "/list":
                    Received[who].AddRange(_channels.Count > 0 ? [string.Join('\n', _channels)] : []);
                    break;
                case "/nope":
                    Received[who].Add("/nope is not a valid control message. Valid messages are /create, /list, and /join.");
                    break;
                case var _ when words.Length == 0:
                    break;
                case var _ when _in[who] is null:
                    Received[who].Add("Not currently in any channel. Must join a channel before sending messages.");
                    break;
                default:
                    TellOthers(who, $"[{Names[who]}] {line}");
                    break;
            }
        }

        private void TellOthers(int who, string text)
        {
            for (int i = 0; i < Names.Length; i++)
            {
                if (i != who && _in[i] is not null && _in[i] == _in[who])
                {
                    Received[i].Add(text);
                }
            }
        }
    }
}
