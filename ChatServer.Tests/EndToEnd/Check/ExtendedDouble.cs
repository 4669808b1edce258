using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatServer.Tests.Support;
using Fault = ThreadedChat.ChatServer.Tests.EndToEnd.Check.ExtendedFault;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Check;

/// <summary>
/// A server of the extended mode as short as it can be and still right: a thread per client, one lock for everything, the history in
/// memory. With an <see cref="ExtendedFault"/> it is wrong in one way.
/// </summary>
internal sealed class ExtendedDouble : IDisposable
{
    private const int Size = WireFrame.Size;

    private readonly Fault _fault;
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly object _gate = new();
    private readonly List<ExtendedClient> _clients = [];
    private readonly SortedSet<string> _channels = new(StringComparer.Ordinal);
    private readonly DoubleHistory _history;

    private ExtendedDouble(Fault fault, int port)
    {
        _fault = fault;
        _history = new DoubleHistory(fault);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        _listener.Listen();
    }

    public static IProgramSource Source(Fault fault) => new DoubleSource(arguments =>
    {
        var server = new ExtendedDouble(fault, arguments.Port);
        return new DoubleProgram(server.Run, server.Dispose);
    });

    public void Dispose()
    {
        _listener.Dispose();
        lock (_gate)
        {
            _clients.ForEach(client => client.Socket.Dispose());
        }
    }

    private int Run(DoubleProgram program)
    {
        while (true)
        {
            var client = new ExtendedClient(_listener.Accept());
            lock (_gate)
            {
                _clients.Add(client);
            }

            new Thread(() => Serve(client)) { IsBackground = true, Name = "double's client" }.Start();
        }
    }

    private void Serve(ExtendedClient client)
    {
        try
        {
            var frame = new byte[Size];
            using var stream = new NetworkStream(client.Socket);
            while (stream.ReadAtLeast(frame, Size, throwOnEndOfStream: false) == Size)
            {
                lock (_gate)
                {
                    Handle(client, Encoding.UTF8.GetString(frame).TrimEnd());
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The client is gone.
        }

        lock (_gate)
        {
            _clients.Remove(client);
            Leave(client, isTold: true);
            client.Socket.Dispose();
        }
    }

    private void Handle(ExtendedClient client, string text)
    {
        if (client.Name is null)
        {
            Enter(client, text);
        }
        else if (text.StartsWith('/'))
        {
            Obey(client, text);
        }
        else if (text.Length > 0)
        {
            Say(client, text);
        }
    }

    private void Enter(ExtendedClient client, string name)
    {
        StringComparison comparison = _fault == Fault.NameComparedToTheLetter ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        if (_fault != Fault.NameTakenTwice && _clients.Exists(other => string.Equals(other.Name, name, comparison)))
        {
            client.Send($"The name {name} is already in use.");
            if (_fault != Fault.NameInUseStaysConnected)
            {
                client.Socket.Shutdown(SocketShutdown.Both);
            }

            return;
        }

        client.Name = name;
    }

    private void Say(ExtendedClient client, string text)
    {
        if (client.Channel is not { } channel)
        {
            client.Send("Not currently in any channel. Must join a channel before sending messages.");
            return;
        }

        foreach (string piece in ExtendedClient.PiecesAfter($"[{client.Name}] ", text))
        {
            _history.Add(channel, client.Name!, piece);
            Tell(channel, client, $"[{client.Name}] {piece}");
        }

        Release(client);
    }

    private void Obey(ExtendedClient client, string text)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string? argument = words.ElementAtOrDefault(1);
        string rest = text[words[0].Length..].TrimStart();
        switch (_fault == Fault.CommandsInAnyCase ? words[0].ToLowerInvariant() : words[0])
        {
            case "/create" or "/join" when argument is null:
                client.Send(words[0] == "/join" ? "/join command must be followed by the name of a channel to join." : "/create command must be followed by the name of a channel to create");
                break;
            case "/create" or "/join":
                _channels.Add(argument);
                Leave(client, isTold: true);
                Tell(argument, client, $"{client.Name} has joined");
                _history.AddIf(Fault.HistoryWithNotices, argument, client.Name!, "has joined");
                client.Channel = argument;
                break;
            case "/list":
                SendPacked(client, [.. _channels]);
                break;
            case "/who":
                Who(client, argument ?? client.Channel);
                break;
            case "/msg":
                Msg(client, rest);
                break;
            case "/leave" when client.Channel is null:
                Answer(client, "Not currently in any channel.", Fault.LeaveUnanswered);
                break;
            case "/leave":
                Leave(client, isTold: _fault != Fault.LeaveSilent);
                if (_fault == Fault.LeaveTold)
                {
                    client.Send("Good bye.");
                }

                break;
            case "/help":
                Help(client);
                break;
            case "/history":
                _history.Show(client, argument);
                break;
            case "/search":
                _history.Search(client, rest);
                break;
            case var word:
                client.Send($"{word} is not a valid control message. Valid messages are /create, /list, and /join{(_fault == Fault.InvalidNamesMore ? ", and more" : "")}.");
                break;
        }
    }

    private void Leave(ExtendedClient client, bool isTold)
    {
        if (client.Channel is { } channel)
        {
            client.Channel = _fault == Fault.LeaveStays && _clients.Contains(client) ? channel : null;
            if (isTold)
            {
                Tell(channel, client, $"{client.Name} has left");
            }
        }
    }

    private void Who(ExtendedClient client, string? channel)
    {
        channel = _fault == Fault.WhoOfOwnChannelOnly ? client.Channel : channel;
        string[] names = [.. _clients.Where(other => other.Name is not null && other.Channel == channel).Select(other => other.Name!)];
        if (channel is null)
        {
            client.Send("/who command must be followed by the name of a channel, or be sent from within a channel.");
        }
        else if (!_channels.Contains(channel))
        {
            client.Send($"No channel named {channel} exists. Try '/create {channel}'?");
        }
        else if (names.Length == 0)
        {
            Answer(client, $"Nobody is in channel {channel}.", Fault.WhoNobodyUnanswered);
        }
        else
        {
            SendPacked(client, _fault == Fault.WhoUnsorted ? names : [.. names.Order(StringComparer.Ordinal)]);
            if (_fault == Fault.WhoToldToAll)
            {
                Tell(channel, client, string.Join('\n', names));
            }
        }
    }

    private void Msg(ExtendedClient client, string rest)
    {
        Match parts = Regex.Match(rest, @"\A(\[(?<name>[^\]]*)\]|(?<name>[^ \[]+)) *(?<text>.*)\z");
        string name = parts.Groups["name"].Value, text = parts.Groups["text"].Value;
        if (_fault == Fault.MsgLongestName && _clients.Where(other => other.Name is not null && rest.StartsWith(other.Name)).MaxBy(other => other.Name!.Length) is { } longest)
        {
            (name, text) = (longest.Name!, rest[longest.Name!.Length..].TrimStart());
        }

        ExtendedClient? receiver = _clients.Find(other => string.Equals(other.Name, name, StringComparison.OrdinalIgnoreCase));
        if (_fault == Fault.MsgToChannelOnly && receiver?.Channel != client.Channel)
        {
            receiver = null;
        }

        if (name.Length == 0 || (text.Length == 0 && _fault != Fault.MsgWithoutTextDelivered))
        {
            client.Send("/msg command must be followed by a name and a text.");
        }
        else if (receiver is null)
        {
            Answer(client, $"Nobody named {name} is here.", Fault.MsgToNobodyUnanswered);
        }
        else
        {
            string prefix = _fault == Fault.MsgOneBracket ? $"[{client.Name}] " : $"[[{client.Name}]] ";
            string[] pieces = ExtendedClient.PiecesAfter(prefix, text.Length == 0 ? " " : text);
            foreach (string piece in _fault == Fault.MsgCut ? pieces[..1] : pieces)
            {
                (_fault == Fault.MsgOvertakes ? client.Held : []).Add((receiver, prefix + piece));
                if (_fault != Fault.MsgOvertakes)
                {
                    receiver.Send(prefix + piece);
                }
            }

            _history.AddIf(Fault.HistoryWithPrivate, client.Channel, client.Name!, text);
            _history.AddIf(Fault.HistoryWithPrivate, receiver.Channel, client.Name!, text);
            if (_fault == Fault.MsgEchoed)
            {
                client.Send($"-> {text}");
            }
        }
    }

    private void Help(ExtendedClient client)
    {
        string[] lines = [.. "create join list who msg leave history search help".Split(' ').Select(word => $"/{word}: what it does")];
        foreach (string line in _fault == Fault.HelpInOneMessage ? [string.Join('\n', lines)] : _fault == Fault.HelpIncomplete ? lines[2..] : lines)
        {
            client.Send(line);
        }
    }

    private void SendPacked(ExtendedClient client, string[] names)
    {
        string part = "";
        foreach (string name in names)
        {
            if (part.Length > 0 && Encoding.UTF8.GetByteCount(part) + 1 + Encoding.UTF8.GetByteCount(name) > Size)
            {
                client.Send(part);
                part = "";
                if (_fault == Fault.WhoCutsTheRest)
                {
                    return;
                }
            }

            part += part.Length > 0 ? $"\n{name}" : name;
        }

        if (part.Length > 0)
        {
            client.Send(part);
        }
    }

    /// <summary>What was held back goes out behind what was said later.</summary>
    private static void Release(ExtendedClient client)
    {
        client.Held.ForEach(held => held.Receiver.Send(held.Text));
        client.Held.Clear();
    }

    private void Answer(ExtendedClient client, string text, Fault unless)
    {
        if (_fault != unless)
        {
            client.Send(text);
        }
    }

    private void Tell(string channel, ExtendedClient but, string text)
    {
        foreach (ExtendedClient other in _clients.Where(other => other != but && other.Channel == channel))
        {
            other.Send(text);
        }
    }
}
