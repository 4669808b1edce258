using System.Globalization;
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
    private const string Time = "2026-11-25 12:04 ";

    private readonly Fault _fault;
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly object _gate = new();
    private readonly List<Client> _clients = [];
    private readonly SortedSet<string> _channels = new(StringComparer.Ordinal);
    private readonly List<(string Channel, string Name, string Text)> _said = [];

    private ExtendedDouble(Fault fault, int port)
    {
        _fault = fault;
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
            var client = new Client(_listener.Accept());
            lock (_gate)
            {
                _clients.Add(client);
            }

            new Thread(() => Serve(client)) { IsBackground = true, Name = "double's client" }.Start();
        }
    }

    private void Serve(Client client)
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

    private void Handle(Client client, string text)
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

    private void Enter(Client client, string name)
    {
        StringComparison comparison = _fault == Fault.NameComparedToTheLetter ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        if (_fault != Fault.NameTakenTwice && _clients.Exists(other => string.Equals(other.Name, name, comparison)))
        {
            Send(client, $"The name {name} is already in use.");
            if (_fault != Fault.NameInUseStaysConnected)
            {
                client.Socket.Shutdown(SocketShutdown.Both);
            }

            return;
        }

        client.Name = name;
    }

    private void Say(Client client, string text)
    {
        if (client.Channel is not { } channel)
        {
            Send(client, "Not currently in any channel. Must join a channel before sending messages.");
            return;
        }

        foreach (string piece in Pieces(text, Size - Bytes($"[{client.Name}] ")))
        {
            _said.Add((channel, client.Name!, piece));
            Tell(channel, client, $"[{client.Name}] {piece}");
        }

        Release(client);
    }

    private void Obey(Client client, string text)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string? argument = words.ElementAtOrDefault(1);
        string rest = text[words[0].Length..].TrimStart();
        switch (_fault == Fault.CommandsInAnyCase ? words[0].ToLowerInvariant() : words[0])
        {
            case "/create" or "/join" when argument is null:
                Send(client, words[0] == "/join" ? "/join command must be followed by the name of a channel to join." : "/create command must be followed by the name of a channel to create");
                break;
            case "/create" or "/join":
                _channels.Add(argument);
                Leave(client, isTold: true);
                Tell(argument, client, $"{client.Name} has joined");
                Keep(argument, client.Name!, "has joined", Fault.HistoryWithNotices);
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
                    Send(client, "Good bye.");
                }

                break;
            case "/help":
                Help(client);
                break;
            case "/history":
                History(client, argument);
                break;
            case "/search":
                Search(client, rest);
                break;
            case var word:
                Send(client, $"{word} is not a valid control message. Valid messages are /create, /list, and /join{(_fault == Fault.InvalidNamesMore ? ", and more" : "")}.");
                break;
        }
    }

    private void Leave(Client client, bool isTold)
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

    private void Who(Client client, string? channel)
    {
        channel = _fault == Fault.WhoOfOwnChannelOnly ? client.Channel : channel;
        string[] names = [.. _clients.Where(other => other.Name is not null && other.Channel == channel).Select(other => other.Name!)];
        if (channel is null)
        {
            Send(client, "/who command must be followed by the name of a channel, or be sent from within a channel.");
        }
        else if (!_channels.Contains(channel))
        {
            Send(client, $"No channel named {channel} exists. Try '/create {channel}'?");
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

    private void Msg(Client client, string rest)
    {
        Match parts = Regex.Match(rest, @"\A(\[(?<name>[^\]]*)\]|(?<name>[^ \[]+)) *(?<text>.*)\z");
        string name = parts.Groups["name"].Value, text = parts.Groups["text"].Value;
        if (_fault == Fault.MsgLongestName && _clients.Where(other => other.Name is not null && rest.StartsWith(other.Name)).MaxBy(other => other.Name!.Length) is { } longest)
        {
            (name, text) = (longest.Name!, rest[longest.Name!.Length..].TrimStart());
        }

        Client? receiver = _clients.Find(other => string.Equals(other.Name, name, StringComparison.OrdinalIgnoreCase));
        if (_fault == Fault.MsgToChannelOnly && receiver?.Channel != client.Channel)
        {
            receiver = null;
        }

        if (name.Length == 0 || (text.Length == 0 && _fault != Fault.MsgWithoutTextDelivered))
        {
            Send(client, "/msg command must be followed by a name and a text.");
        }
        else if (receiver is null)
        {
            Answer(client, $"Nobody named {name} is here.", Fault.MsgToNobodyUnanswered);
        }
        else
        {
            string prefix = _fault == Fault.MsgOneBracket ? $"[{client.Name}] " : $"[[{client.Name}]] ";
            string[] pieces = Pieces(text.Length == 0 ? " " : text, Size - Bytes(prefix));
            foreach (string piece in _fault == Fault.MsgCut ? pieces[..1] : pieces)
            {
                (_fault == Fault.MsgOvertakes ? client.Held : []).Add((receiver, prefix + piece));
                if (_fault != Fault.MsgOvertakes)
                {
                    Send(receiver, prefix + piece);
                }
            }

            Keep(client.Channel, client.Name!, text, Fault.HistoryWithPrivate);
            Keep(receiver.Channel, client.Name!, text, Fault.HistoryWithPrivate);
            if (_fault == Fault.MsgEchoed)
            {
                Send(client, $"-> {text}");
            }
        }
    }

    private void Help(Client client)
    {
        string[] lines = [.. "create join list who msg leave history search help".Split(' ').Select(word => $"/{word}: what it does")];
        foreach (string line in _fault == Fault.HelpInOneMessage ? [string.Join('\n', lines)] : _fault == Fault.HelpIncomplete ? lines[2..] : lines)
        {
            Send(client, line);
        }
    }

    private void History(Client client, string? argument)
    {
        bool isNumber = int.TryParse(argument ?? (_fault == Fault.HistoryTen ? "10" : "20"), NumberStyles.None, CultureInfo.InvariantCulture, out int count);
        int most = _fault == Fault.HistoryUnlimited ? int.MaxValue : 200;
        if (_fault == Fault.HistoryClamped)
        {
            (isNumber, count) = (true, Math.Clamp(count, 1, most));
        }

        if (client.Channel is not { } channel && _fault != Fault.HistoryForAll)
        {
            Send(client, "Not currently in any channel.");
        }
        else if (!isNumber || count < 1 || count > most)
        {
            Send(client, "/history command takes a number of messages, from 1 to 200.");
        }
        else
        {
            SendPast(client, [.. _said.Where(row => row.Channel == client.Channel || _fault == Fault.HistoryForAll).TakeLast(count)], "Nothing was said here yet.");
        }
    }

    private void Search(Client client, string rest)
    {
        string[] words = [.. Regex.Matches(Plain(rest), @"\w+").Select(match => match.Value)];
        if (client.Channel is not { } channel)
        {
            Send(client, "Not currently in any channel.");
        }
        else if (words.Length == 0)
        {
            Answer(client, "/search command must be followed by words to look for.", Fault.SearchUnanswered);
        }
        else
        {
            IEnumerable<(string Channel, string Name, string Text)> found = _said
                .Where(row => row.Channel == channel || _fault == Fault.SearchOfAllChannels)
                .Where(row => _fault == Fault.SearchAnyWord ? words.Any(word => Has(row.Text, word)) : words.All(word => Has(row.Text, word)));
            SendPast(client, [.. _fault == Fault.SearchOldest ? found.Take(20) : found.TakeLast(20)], "Nothing was found.");
        }
    }

    private bool Has(string text, string word) => _fault == Fault.SearchParts
        ? Plain(text).Contains(word, StringComparison.Ordinal)
        : Regex.IsMatch(Plain(text), $@"\b{word}\b");

    /// <summary>In small letters, without the one accent that the cases have.</summary>
    private string Plain(string text) => _fault == Fault.SearchToTheLetter ? text : text.ToLowerInvariant().Replace('é', 'e');

    private void SendPast(Client client, (string Channel, string Name, string Text)[] rows, string ifNone)
    {
        if (rows.Length == 0)
        {
            Send(client, ifNone);
        }

        foreach ((_, string name, string text) in _fault == Fault.HistoryNewestFirst ? rows.Reverse() : rows)
        {
            string prefix = $"{(_fault == Fault.HistoryWithoutTime ? "" : Time)}[{name}] ";
            foreach (string piece in _fault == Fault.HistoryCut ? [text] : Pieces(text, Size - Bytes(prefix)))
            {
                Send(client, prefix + piece);
            }
        }
    }

    private void SendPacked(Client client, string[] names)
    {
        string part = "";
        foreach (string name in names)
        {
            if (part.Length > 0 && Bytes(part) + 1 + Bytes(name) > Size)
            {
                Send(client, part);
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
            Send(client, part);
        }
    }

    private void Keep(string? channel, string name, string text, Fault fault)
    {
        if (_fault == fault && channel is not null)
        {
            _said.Add((channel, name, text));
        }
    }

    /// <summary>What was held back goes out behind what was said later.</summary>
    private static void Release(Client client)
    {
        client.Held.ForEach(held => Send(held.Receiver, held.Text));
        client.Held.Clear();
    }

    private void Answer(Client client, string text, Fault unless)
    {
        if (_fault != unless)
        {
            Send(client, text);
        }
    }

    private void Tell(string channel, Client but, string text)
    {
        foreach (Client other in _clients.Where(other => other != but && other.Channel == channel))
        {
            Send(other, text);
        }
    }

    private static string[] Pieces(string text, int room) => [.. text.Chunk(room).Select(piece => new string(piece))];

    private static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);

    private static void Send(Client client, string text)
    {
        var frame = new byte[Size];
        frame.AsSpan().Fill((byte)' ');
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        utf8.AsSpan(0, Math.Min(utf8.Length, Size)).CopyTo(frame);
        try
        {
            client.Socket.Send(frame);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Its own thread notices.
        }
    }

    private sealed class Client(Socket socket)
    {
        public Socket Socket { get; } = socket;

        public string? Name { get; set; }

        public string? Channel { get; set; }

        public List<(Client Receiver, string Text)> Held { get; } = [];
    }
}
