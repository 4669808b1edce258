using System.Text;
using ThreadedChat.ChatClient.Session;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Client.Session;

[TestClass]
public sealed class ChannelRequestsTests
{
    private const string NotInChannel = "Not currently in any channel. Must join a channel before sending messages.";
    private const string TooMany = "No more channels can be created on this server.";

    private readonly ChannelRequests _requests = new();
    private long _frames;

    [TestMethod]
    [DataRow("/join a", "", "a")]
    [DataRow("/join a", "NO a", null)]
    [DataRow("/create a", "EXISTS a", null)]
    [DataRow("/create a", "TOO_MANY", null)]
    [DataRow("/create home|/create a", "TOO_MANY", "home")]
    [DataRow("/join home|/join a", "NO a", "home")]
    [DataRow("/join home|/join a|/join b", "NO a", "b", DisplayName = "a rejection belongs to the channel that it names, not to the last request")]
    [DataRow("/join home|/join a|/join b", "NO a|NO b", "home")]
    [DataRow("/join a|/join b|/join a", "NO a", "a", DisplayName = "the first of two joins, since the channel was made meanwhile")]
    [DataRow("/join a|/join b|/join a", "NO a|NO a", "b")]
    [DataRow("/create a|/create a", "EXISTS a", "a", DisplayName = "the second of two creates, after the first")]
    [DataRow("/create a|/create a", "EXISTS a|EXISTS a", null)]
    [DataRow("/create a|/join b|/create a", "EXISTS a", "b")]
    [DataRow("/create a|/join b|/create a", "EXISTS a|NO b|EXISTS a", null)]
    [DataRow("/join a|/create a|/join b", "NO a|NO b", "a")]
    [DataRow("/create a|/create b", "EXISTS a|TOO_MANY", null)]
    [DataRow("/create a|/create b|/create a", "TOO_MANY|EXISTS a", "a")]
    [DataRow("/join a|hello", "NOT_IN", null, DisplayName = "the server says that we are nowhere")]
    [DataRow("hello|/join a", "NOT_IN", "a")]
    [DataRow("hello|/join a|hello", "NOT_IN", "a")]
    [DataRow("hello|/join a|hello", "NOT_IN|NOT_IN", null)]
    [DataRow("/join a|/list a|/joinx b", "", "a")]
    [DataRow("/join a", "REMOVED a", null, DisplayName = "the channel was removed")]
    [DataRow("/create a|/join b", "REMOVED b", null)]
    [DataRow("/create a|/join b", "REMOVED a", "b", DisplayName = "the next request came after the removal")]
    [DataRow("/create a|/join b", "REMOVED a|NO b", null, DisplayName = "and the server has rejected it")]
    [DataRow("/create a|/join a", "REMOVED a|NO a", null)]
    [DataRow("/join a|/create a", "REMOVED a", "a", DisplayName = "a create that was not rejected came after the removal")]
    [DataRow("/join a|/create a", "EXISTS a|REMOVED a", null)]
    [DataRow("/join a", "REMOVED b", "a", DisplayName = "another channel")]
    [DataRow("/join a|hello", "REMOVED a|NOT_IN", null)]
    public void The_client_is_in_the_channel_of_its_last_accepted_request(string asked, string answers, string? channel)
    {
        _requests.Begin(null);
        Ask(asked.Split('|'));

        Hear(answers.Split('|', StringSplitOptions.RemoveEmptyEntries));

        Assert.AreEqual(channel, _requests.Channel);
    }

    [TestMethod]
    [DataRow("", "home", DisplayName = "made again")]
    [DataRow("EXISTS home", "home", DisplayName = "still there")]
    [DataRow("TOO_MANY|NO home", null, DisplayName = "gone, and no room for it")]
    [DataRow("TOO_MANY", "home", DisplayName = "created by another client between the two")]
    public void A_channel_that_was_requested_twice_is_kept_unless_both_requests_are_rejected(string answers, string? channel)
    {
        Rejoin("home");

        Hear(answers.Split('|', StringSplitOptions.RemoveEmptyEntries));

        Assert.AreEqual(channel, _requests.Channel);
    }

    [TestMethod]
    public void After_a_removal_the_channel_can_be_joined_again()
    {
        _requests.Begin(null);
        Ask("/join a", "hello");
        Hear("REMOVED a");
        Ask("too late");
        Hear("NOT_IN");

        Ask("/create a");
        Assert.AreEqual("a", _requests.Channel);
        Hear("REMOVED a");
        Assert.IsNull(_requests.Channel);
        Ask("/join b");

        Assert.AreEqual("b", _requests.Channel);
    }

    [TestMethod]
    public void A_channel_of_the_last_connection_that_is_removed_is_not_requested_again()
    {
        Rejoin("home");
        Hear("EXISTS home", "REMOVED home");

        Assert.IsNull(_requests.Channel);
    }

    [TestMethod]
    [DataRow("caf\u00e9", "cafe\u0301")]
    [DataRow("cafe\u0301", "caf\u00e9")]
    public void The_moderator_may_spell_the_channel_in_another_way(string joined, string removed)
    {
        _requests.Begin(null);
        Ask($"/join {joined}");

        Assert.IsTrue(_requests.TryRemove($"A moderator has removed the channel {removed}."));

        Assert.IsNull(_requests.Channel);
    }

    [TestMethod]
    public void The_answer_that_the_channel_exists_is_hidden_once()
    {
        Rejoin("home");

        Assert.IsFalse(IsNoNews("EXISTS other"));
        Assert.IsTrue(IsNoNews("EXISTS home"));
        Assert.IsFalse(IsNoNews("EXISTS home"));
    }

    [TestMethod]
    public void An_answer_that_the_user_requested_too_is_shown()
    {
        Rejoin("home");
        Ask("/create home");

        Assert.IsFalse(IsNoNews("EXISTS home"));
    }

    [TestMethod]
    [DataRow(3, "b")]
    [DataRow(2, "a")]
    [DataRow(1, "home")]
    [DataRow(0, "home", DisplayName = "not even the client's own request")]
    public void A_request_that_has_not_arrived_does_not_count(int arrived, string channel)
    {
        _requests.Begin("home");
        _frames = 1;
        Ask("/join a", "/join b");

        _requests.Forget(arrived);

        Assert.AreEqual(channel, _requests.Channel);
    }

    [TestMethod]
    public void A_name_that_is_shortened_in_the_answer_is_recognised()
    {
        string name = new('n', 190);
        _requests.Begin("home");
        Ask($"/join {name}");

        _requests.NoteReceived(ProtocolText.Fill(ProtocolText.NoChannelExists, name), out _);

        Assert.AreEqual("home", _requests.Channel);
    }

    [TestMethod]
    public void Only_the_newest_requests_are_kept()
    {
        _requests.Begin(null);
        for (int i = 0; i < 3 * ChannelRequests.MaxRequests; i++)
        {
            Ask(i % 2 == 0 ? "/join home" : "/join away");
            if (i % 2 == 1)
            {
                Hear("NO away");
            }
        }

        Assert.AreEqual("home", _requests.Channel);
        Ask("/join other");
        Hear("NO other");
        Assert.AreEqual("home", _requests.Channel);
    }

    /// <summary>Against a model of a server, with other clients that create channels, a limit, and losses at the end.</summary>
    [TestMethod]
    public void After_any_requests_the_client_knows_its_channel()
    {
        for (int seed = 0; seed < 5_000; seed++)
        {
            var random = new Random(seed);
            var server = new ModelServer(random.Next(1, 5));
            var requests = new ChannelRequests();
            string? wanted = random.Next(2) == 0 ? null : Name(random);
            long frames = 1;
            requests.Begin(wanted);
            var sent = new List<string>();
            if (wanted is not null)
            {
                frames = 3;
                requests.Rejoin(wanted, frames);
                sent.AddRange([$"/create {wanted}", $"/join {wanted}"]);
            }

            for (int i = random.Next(12); i > 0; i--)
            {
                string text = random.Next(5) switch
                {
                    0 or 1 => $"/create {Name(random)}",
                    2 or 3 => $"/join {Name(random)}",
                    _ => "hello",
                };
                sent.Add(text);
                Tell(requests, text, ++frames);
            }

            int arrived = random.Next(4) == 0 ? random.Next(wanted is null ? 0 : 2, sent.Count + 1) : sent.Count;
            foreach (string text in sent.Take(arrived))
            {
                if (random.Next(3) == 0)
                {
                    server.OtherCreates(Name(random));
                }

                if (server.Do(text) is { } answer)
                {
                    requests.NoteReceived(answer, out _);
                }
            }

            requests.Forget(1 + arrived);

            Assert.AreEqual(server.Channel, requests.Channel, $"seed {seed}: {string.Join(", ", sent.Take(arrived))}");
        }
    }

    private static string Name(Random random) => $"{(char)('a' + random.Next(3))}";

    private static void Tell(ChannelRequests requests, string text, long frame)
    {
        if (ControlMessage.TryParse(Encoding.UTF8.GetBytes(text), out ControlMessage message))
        {
            requests.Asked(message, frame);
        }
        else
        {
            requests.Said(1);
        }
    }

    private void Rejoin(string channel)
    {
        _requests.Begin(channel);
        _requests.Rejoin(channel, 3);
        _frames = 3;
    }

    private void Ask(params string[] lines) => Array.ForEach(lines, line => Tell(_requests, line, ++_frames));

    private void Hear(params string[] answers) => Array.ForEach(answers, answer => Hear(_requests, Answer(answer)));

    private static void Hear(ChannelRequests requests, string text)
    {
        if (!requests.TryRemove(text))
        {
            requests.NoteReceived(text, out _);
        }
    }

    private bool IsNoNews(string answer)
    {
        _requests.NoteReceived(Answer(answer), out bool isHidden);
        return isHidden;
    }

    private static string Answer(string answer) => answer.Split(' ') switch
    {
        ["NO", var channel] => $"No channel named {channel} exists. Try '/create {channel}'?",
        ["EXISTS", var channel] => $"Room {channel} already exists, so cannot be created.",
        ["REMOVED", var channel] => $"A moderator has removed the channel {channel}.",
        ["TOO_MANY"] => TooMany,
        ["NOT_IN"] => NotInChannel,
        _ => throw new ArgumentException(answer),
    };

    private sealed class ModelServer(int maxChannels)
    {
        private readonly HashSet<string> _channels = [];

        public string? Channel { get; private set; }

        public void OtherCreates(string name)
        {
            if (_channels.Count < maxChannels)
            {
                _channels.Add(name);
            }
        }

        public string? Do(string text)
        {
            switch (text.Split(' '))
            {
                case ["/join", var name] when _channels.Contains(name):
                    Channel = name;
                    return null;
                case ["/join", var name]:
                    return Answer($"NO {name}");
                case ["/create", var name] when _channels.Contains(name):
                    return Answer($"EXISTS {name}");
                case ["/create", _] when _channels.Count == maxChannels:
                    return TooMany;
                case ["/create", var name]:
                    _channels.Add(name);
                    Channel = name;
                    return null;
                default:
                    return Channel is null ? NotInChannel : null;
            }
        }
    }
}
