using System.Net.Sockets;
using System.Text;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Check;

/// <summary>
/// What <see cref="ServerDouble"/> does with the texts of its clients. With a <see cref="ServerFault"/> it is wrong in one way. Not thread-safe:
/// the lock of the double is held.
/// </summary>
internal sealed class DoubleChat
{
    /// <summary>The bytes of the header in a fault that has one.</summary>
    public const int HeaderSize = 11;

    private const int Size = WireFrame.Size;
    private const int SendLimitMilliseconds = 300;

    private readonly List<DoubleClient> _clients = [];
    private readonly SortedSet<string> _channels = new(StringComparer.Ordinal);
    private readonly ServerFault _fault;
    private readonly Random _random;
    private readonly ManualResetEventSlim _stopped;
    private readonly Action _die;

    /// <param name="fault">The fault.</param>
    /// <param name="random">Decides when a fault of now and then happens.</param>
    /// <param name="stopped">Set when the double is stopped.</param>
    /// <param name="die">Ends the double like an unhandled exception.</param>
    public DoubleChat(ServerFault fault, Random random, ManualResetEventSlim stopped, Action die)
    {
        _fault = fault;
        _random = random;
        _stopped = stopped;
        _die = die;
    }

    public int Count => _clients.Count;

    public void Add(DoubleClient client) => _clients.Add(client);

    public void Remove(DoubleClient client)
    {
        _clients.Remove(client);
        if (!Is(ServerFault.LeftSilent))
        {
            Leave(client, toAll: Is(ServerFault.LeftToldToAll), twice: Is(ServerFault.LeftTwice));
        }
    }

    public void Handle(DoubleClient client, string text)
    {
        if (client.Name is null)
        {
            client.Name = Is(ServerFault.NameIgnored) ? "" : text + (Is(ServerFault.NameNotStripped) ? "  " : "");
            for (int i = 0; Is(ServerFault.FloodsNewcomer) && i < 20_000; i++)
            {
                Send(client, "welcome");
            }

            return;
        }

        if (text.Length == 0)
        {
            if (Is(ServerFault.BlankKills))
            {
                _die();
            }
        }
        else if (text[0] == '/')
        {
            Obey(client, text.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }
        else
        {
            Say(client, text);
        }
    }

    private void Obey(DoubleClient client, string[] words)
    {
        string? channel = words.ElementAtOrDefault(1);
        switch (words[0])
        {
            case "/create" when channel is null:
                Send(client, "/create command must be followed by the name of a channel to create" + (Is(ServerFault.CreateArgumentAltered) ? "." : ""));
                break;
            case "/create" when _channels.Contains(channel):
                Send(client, $"Room {channel} already exists, so cannot be created" + (Is(ServerFault.CreateExistingAltered) ? "!" : "."));
                if (Is(ServerFault.CreateExistingEnters))
                {
                    Leave(client);
                    client.Channel = channel;
                }

                break;
            case "/create":
                Create(client, channel);
                break;
            case "/join" when channel is null:
                Send(client, "/join command must be followed by the name of a channel to join" + (Is(ServerFault.JoinArgumentAltered) ? "" : "."));
                break;
            case "/join" when !_channels.Contains(channel):
                RejectJoin(client, channel);
                break;
            case "/join":
                Join(client, channel);
                break;
            case "/list":
                List(client);
                break;
            case var word when Is(ServerFault.Hangs) && word == "/quit":
                _stopped.Wait(); // with the lock held: nobody is served any more
                break;
            case var word:
                if (!Is(ServerFault.InvalidUnanswered))
                {
                    string named = Is(ServerFault.HeaderAndNoPadding) ? string.Concat(word.TakeWhile(letter => letter == '/' || char.IsLetter(letter))) : word;
                    Send(client, $"{named} is not a valid control message. Valid messages are /create, /list, and /join" + (Is(ServerFault.InvalidAltered) || Happens(ServerFault.AltersAnErrorNowAndThen) ? "" : "."));
                }

                if (Is(ServerFault.InvalidDelivered))
                {
                    Say(client, word);
                }

                break;
        }
    }

    private void Create(DoubleClient client, string channel)
    {
        _channels.Add(channel);
        if (Is(ServerFault.CreateAnswered))
        {
            Send(client, $"Channel {channel} created");
        }

        if (Is(ServerFault.CreateStaysInOld) && client.Channel is not null)
        {
            Tell(client.Channel, client, $"{client.Name} has left");
            client.OldChannel = client.Channel;
        }
        else if (!Is(ServerFault.CreateSilentLeave))
        {
            Leave(client);
        }

        client.Channel = Is(ServerFault.CreateDoesNotEnter) ? null : channel;
    }

    private void RejectJoin(DoubleClient client, string channel)
    {
        Send(client, $"No channel named {channel} exists. Try '/create {channel}'" + (Is(ServerFault.JoinUnknownAltered) ? "." : "?"));
        if (Is(ServerFault.JoinUnknownLeaves))
        {
            Leave(client);
            client.Channel = null;
        }

        if (Is(ServerFault.JoinUnknownCreates))
        {
            _channels.Add(channel);
        }
    }

    private void Join(DoubleClient client, string channel)
    {
        if (Is(ServerFault.JoinStaysInOld) && client.Channel is not null)
        {
            Tell(client.Channel, client, $"{client.Name} has left");
            client.OldChannel = client.Channel;
        }
        else if (!Is(ServerFault.JoinSilentLeave))
        {
            Leave(client);
        }

        client.SpeaksTo = Is(ServerFault.JoinSpeaksToOld) ? client.Channel : null;
        client.Channel = channel;
        if (Is(ServerFault.JoinToldToJoiner))
        {
            Send(client, $"{client.Name} has joined");
        }

        if (!Is(ServerFault.JoinSilent))
        {
            Tell(Is(ServerFault.JoinToldToAll) ? null : channel, client, $"{client.Name} {(Is(ServerFault.JoinedAltered) ? "joined" : "has joined")}");
        }
    }

    private void List(DoubleClient client)
    {
        string[] names = [.. _channels];
        if (Is(ServerFault.ListNamesLast))
        {
            names = [.. names.TakeLast(1)];
        }
        else if (Is(ServerFault.ListTwice))
        {
            names = [.. names, .. names];
        }

        foreach (string part in Parts(names))
        {
            Send(client, part);
            if (Is(ServerFault.ListToAll))
            {
                Tell(null, client, part);
            }
        }
    }

    /// <summary>The names in lines, as many in a message as fit.</summary>
    private static IEnumerable<string> Parts(string[] names)
    {
        string part = "";
        foreach (string name in names)
        {
            if (part.Length > 0 && part.Length + 1 + name.Length > Size)
            {
                yield return part;
                part = "";
            }

            part += part.Length > 0 ? $"\n{name}" : name;
        }

        if (part.Length > 0)
        {
            yield return part;
        }
    }

    private void Say(DoubleClient client, string text)
    {
        if (Happens(ServerFault.LosesAMessageNowAndThen))
        {
            return;
        }

        string? channel = client.SpeaksTo ?? client.Channel;
        if (channel is null && !Is(ServerFault.NoChannelIsAChannel))
        {
            Send(client, "Not currently in any channel. Must join a channel before sending messages" + (Is(ServerFault.NotInChannelAltered) ? "" : "."));
            return;
        }

        if (channel is null)
        {
            Send(client, "Not currently in any channel. Must join a channel before sending messages.");
        }

        string said = Is(ServerFault.CollapsesBlanks) ? string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries)) : text;
        string message = Is(ServerFault.MessageWithoutName) ? said : Is(ServerFault.MessageFormAltered) ? $"{client.Name}: {said}" : $"[{client.Name}] {said}";
        if (Is(ServerFault.MessagesSwapped) && text.EndsWith('9'))
        {
            client.Held = message; // and sent behind the next one
            return;
        }

        foreach (string each in client.Held is null ? new[] { message } : [message, client.Held])
        {
            Tell(Is(ServerFault.MessageToAllChannels) ? null : channel, client, each, alsoNowhere: channel is null);
            if (Is(ServerFault.MessageTwice))
            {
                Tell(channel, client, each);
            }

            if (Is(ServerFault.EchoToSender))
            {
                Send(client, each);
            }
        }

        client.Held = null;
    }

    private void Leave(DoubleClient client, bool toAll = false, bool twice = false)
    {
        if (client.Channel is null)
        {
            return;
        }

        for (int i = 0; i < (twice ? 2 : 1); i++)
        {
            Tell(toAll ? null : client.Channel, client, $"{client.Name} {(Is(ServerFault.LeftAltered) ? "left" : "has left")}");
        }
    }

    /// <summary>Sends to everybody in a channel but one; to every client if the channel is null.</summary>
    private void Tell(string? channel, DoubleClient but, string text, bool alsoNowhere = false)
    {
        foreach (DoubleClient client in _clients.ToArray())
        {
            bool isThere = alsoNowhere
                ? client.Channel is null
                : channel is null || client.Channel == channel || client.OldChannel == channel || Is(ServerFault.EverythingToAll);
            if ((client != but || Is(ServerFault.EverythingToActorToo)) && client.Name is not null && isThere)
            {
                Send(client, text);
            }
        }
    }

    private void Send(DoubleClient client, string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(Is(ServerFault.HeaderAndNoPadding) ? $"{text.Length} 1".PadRight(HeaderSize) + text : text);
        int size = Is(ServerFault.NoPadding) || Is(ServerFault.HeaderAndNoPadding) ? utf8.Length : Size + (Is(ServerFault.FrameOneByteLong) ? 1 : 0);
        var frame = new byte[size];
        frame.AsSpan().Fill(Is(ServerFault.PadsWithZeros) ? (byte)0 : (byte)' ');
        utf8.AsSpan(0, Math.Min(utf8.Length, size)).CopyTo(frame);
        try
        {
            client.Socket.SendTimeout = Is(ServerFault.BlocksOnStalledReader) ? 0 : SendLimitMilliseconds;
            client.Socket.Send(frame);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The system tells a reset once: the receive will not see this one.
            client.IsReset |= e is SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.Shutdown };
            client.Socket.Dispose(); // its own thread takes it out
        }
    }

    /// <summary>Whether chance wants it so: half of the time.</summary>
    private bool Happens(ServerFault fault) => Is(fault) && _random.Next(2) == 0;

    private bool Is(ServerFault fault) => _fault == fault;
}
