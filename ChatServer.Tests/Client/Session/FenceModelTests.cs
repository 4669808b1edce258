using System.Text;
using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.ChatClient.Input;
using ThreadedChat.ChatClient.Session;
using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Client.Session;

/// <summary>
/// The client against a model of a server, with random lines, delays, rejections, other people, lost connections, and servers that do
/// not know the fence.
/// </summary>
[TestClass]
public sealed class FenceModelTests
{
    private const string Answer = "/join command must be followed by the name of a channel to join.";
    private const string Knows = "knows the fence";
    private const string Ignores = "ignores the fence";
    private const string InOtherWords = "answers in other words";
    private const string EndsAtIt = "ends at the fence";
    private static readonly int Runs = Rounds.Of(3_000);

    [TestMethod]
    [TestCategory(SlowTest.Category)]
    [DataRow(Knows)]
    [DataRow(Ignores)]
    [DataRow(InOtherWords)]
    [DataRow(EndsAtIt)]
    public void Each_line_is_sent_once_in_order_and_to_the_right_channel(string kind)
    {
        for (int seed = 0; seed < Runs; seed++)
        {
            new Run(seed, kind).All();
        }
    }

    private sealed class Run
    {
        private readonly string _what;
        private readonly string _kind;
        private readonly Random _random;
        private readonly FakeTimeProvider _time = new();
        private readonly Conversation _conversation;
        private readonly List<string> _typed = [];
        private readonly List<string> _done = []; // the typed lines that were sent, or told as not sent
        private readonly Queue<(string Text, Mark Mark)> _toServer = [];
        private readonly Queue<(string Text, Mark Mark)> _toClient = [];
        private readonly HashSet<string> _channels = [];
        private string? _channel; // that the server has put the client in
        private string? _wanted; // that the user has asked for last
        private int _openRequests; // of the user, whose results are unknown
        private int _connection = 1;
        private int _fences;
        private int _linesSent;
        private int _answersHeard; // on this connection
        private int _openFences; // on this connection
        private bool _isSure = true; // false once the client has no fence any more, because a connection ended at the first one

        public Run(int seed, string kind)
        {
            _what = $"{kind}, seed {seed}";
            _kind = kind;
            _random = new Random(seed);
            _conversation = new Conversation(_time, usesFence: true);
            _conversation.Connected(_connection);
        }

        /// <summary>The meaning of a frame, which the test knows and the other side does not.</summary>
        private enum Mark
        {
            Other,
            Fence,
            FenceOfRequest,
        }

        public void All()
        {
            for (int i = _random.Next(5, 60); i > 0; i--)
            {
                Step();
            }

            // All that is under way arrives. A server that does not answer is waited for.
            for (int i = 0; i < 100; i++)
            {
                Send();
                while (_toServer.Count + _toClient.Count > 0)
                {
                    Serve();
                    Hear();
                }

                _time.Advance(TimeSpan.FromSeconds(1));
            }

            Assert.AreSequenceEqual(_typed, _done, _what);
            Assert.IsFalse(_conversation.IsHolding, _what);
            Assert.IsLessThanOrEqualTo(_linesSent, _fences, $"{_what}: one fence for a request and one for a pause after a line");
            if (_kind == Knows && _isSure)
            {
                Assert.AreEqual(_channel, _conversation.Channel, _what);
            }
        }

        private void Step()
        {
            switch (_random.Next(12))
            {
                case 0 or 1:
                    Request($"/join {Name()}");
                    break;
                case 2:
                    Request($"/create {Name()}");
                    break;
                case 3:
                    Type("/join");
                    break;
                case 4 or 5 or 6:
                    Type($"to {(_openRequests > 0 ? _wanted : _conversation.Channel ?? "nobody")} {_typed.Count}");
                    break;
                case 7 or 8:
                    Send();
                    break;
                case 9:
                    Serve();
                    break;
                case 10:
                    Hear();
                    break;
                default:
                    _channels.Add(Name()); // somebody else creates it

                    // A server that takes longer for its first answer counts as one that does not know the fence.
                    _time.Advance(TimeSpan.FromMilliseconds(_kind == Knows && _toServer.Count + _toClient.Count > 0 ? 20 : _random.Next(1500)));
                    if (_random.Next(6) == 0)
                    {
                        Lose();
                    }

                    break;
            }
        }

        private string Name() => $"{(char)('a' + _random.Next(3))}";

        private void Request(string request)
        {
            _openRequests++;
            _wanted = request.Split(' ')[1];
            Type($"{request} {_typed.Count}"); // no two lines are equal; servers ignore the third word
        }

        private void Type(string line)
        {
            _typed.Add(line);
            _conversation.Typed(line, new LineFramer("Panda").Next(new LinePart(line, EndsLine: true)));
        }

        private void Send()
        {
            while (_conversation.Next() is { } next)
            {
                string? line = _done.Count < _typed.Count ? _typed[_done.Count] : null;
                if (next.News is { } news)
                {
                    Assert.IsTrue(news == LineDelivery.NotSent || news.EndsWith($": {line}", StringComparison.Ordinal), $"{_what}: {news}");
                    _done.Add(line!);
                    continue;
                }

                Assert.AreEqual(_connection, next.Connection, _what);
                string[] frames = [.. next.Frames.Chunk(Frame.Size).Select(frame => Encoding.UTF8.GetString(Frame.Text(frame)))];
                if (line is not null)
                {
                    Assert.AreEqual(line, frames[0], _what);
                    _done.Add(line);
                    _toServer.Enqueue((line, Mark.Other));
                    _linesSent++;
                    frames = frames[1..];
                }

                foreach (string fence in frames)
                {
                    Assert.AreEqual("/join", fence, $"{_what}: neither the next line nor a fence");
                    _toServer.Enqueue((fence, line is null ? Mark.Fence : Mark.FenceOfRequest));
                    _fences++;
                    _openFences++;
                }
            }
        }

        private void Serve()
        {
            for (int i = _random.Next(1, 4); i > 0 && _toServer.TryDequeue(out (string Text, Mark Mark) frame); i--)
            {
                Do(frame.Text, frame.Mark);
                if (_random.Next(4) == 0)
                {
                    _toClient.Enqueue(("[Alice] hi", Mark.Other));
                }
            }
        }

        private void Do(string text, Mark mark)
        {
            string[] words = text.Split(' ');
            switch (words[0])
            {
                case "/join" when words.Length == 1 && _kind == EndsAtIt:
                    Lose();
                    break;
                case "/join" when words.Length == 1 && _kind != Ignores:
                    _toClient.Enqueue((_kind == Knows ? Answer : "Which channel?", mark));
                    break;
                case "/join" when words.Length == 1:
                    break;
                case "/join" when !_channels.Contains(words[1]):
                    _toClient.Enqueue(($"No channel named {words[1]} exists. Try '/create {words[1]}'?", Mark.Other));
                    break;
                case "/create" when !_channels.Add(words[1]):
                    _toClient.Enqueue(($"Room {words[1]} already exists, so cannot be created.", Mark.Other));
                    break;
                case "/join" or "/create":
                    _channel = words[1];
                    break;
                default:
                    if (_channel is null)
                    {
                        _toClient.Enqueue(("Not currently in any channel. Must join a channel before sending messages.", Mark.Other));
                    }
                    else if (_kind == Knows && _isSure)
                    {
                        Assert.AreEqual(_channel, words[1], $"{_what}: the channel of a message");
                    }

                    break;
            }
        }

        private void Hear()
        {
            for (int i = _random.Next(1, 4); i > 0 && _toClient.TryDequeue(out (string Text, Mark Mark) frame); i--)
            {
                ReceivedMeaning meaning = _conversation.NoteReceived(new ReceivedText(frame.Text));

                Assert.AreEqual(_kind == Knows && frame.Mark != Mark.Other, meaning.IsHidden, $"{_what}: {frame.Text}");
                _openRequests -= frame.Mark == Mark.FenceOfRequest ? 1 : 0;
                _openFences -= frame.Mark == Mark.Other ? 0 : 1;
                _answersHeard += frame.Text == Answer ? 1 : 0;
                if (meaning.News is { } news && _isSure)
                {
                    Assert.AreEqual($"-- now in {_channel} --", news, _what);
                    Assert.AreEqual(_channel, _conversation.Channel, _what);
                }
            }
        }

        private void Lose()
        {
            _isSure &= _openFences == 0 || _answersHeard > 0;
            (_openFences, _answersHeard) = (0, 0);
            _toServer.Clear();
            _toClient.Clear();
            _channel = null;
            _openRequests = 0;
            foreach (string told in _conversation.Lost(arrived: 0, isBroken: false))
            {
                const string Unsent = "This line was not sent: ";
                if (told.StartsWith(Unsent, StringComparison.Ordinal))
                {
                    Assert.AreEqual(_typed[_done.Count], told[Unsent.Length..], _what);
                    _done.Add(_typed[_done.Count]);
                }
            }

            if (_random.Next(2) == 0)
            {
                Type("typed while there is no connection");
            }

            _connection++;
            _conversation.Connected(_connection);
        }
    }
}
