using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Check;

/// <summary>
/// A chat server as short as it can be and still right: a thread per client, one lock for everything. With a
/// <see cref="ServerFault"/> it is wrong in one way.
/// </summary>
internal sealed class ServerDouble : IDisposable
{
    private const int Size = WireFrame.Size;
    private const int Few = 16;
    private const int SendLimitMilliseconds = 300;
    private const int LateDeathMilliseconds = 300;
    private const int MostDelayMilliseconds = 40;

    private readonly ServerFault _fault;
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly object _gate = new();
    private readonly List<Client> _clients = [];
    private readonly ConcurrentBag<Socket> _sockets = [];
    private readonly SortedSet<string> _channels = new(StringComparer.Ordinal);
    private readonly List<byte> _shared = [];
    private readonly ManualResetEventSlim _stopped = new();
    private readonly Random _random;
    private readonly bool _isSlow;
    private DoubleProgram? _program;

    private ServerDouble(ServerFault fault, int port, Random random, bool isSlow)
    {
        _fault = fault;
        _random = random;
        _isSlow = isSlow;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        _listener.Listen();
    }

    /// <summary>Starts servers with this fault.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="seed">The seed of random choices; each start continues the sequence.</param>
    /// <param name="isSlow">Whether it takes some time now and then, as chance will have it.</param>
    public static IProgramSource Source(ServerFault fault, int seed = 0, bool isSlow = false)
    {
        int starts = 0;
        return new DoubleSource(arguments =>
        {
            var server = new ServerDouble(fault, arguments.Port, new Random(HashCode(seed, starts++)), isSlow);
            return new DoubleProgram(server.Run, server.Dispose);
        });
    }

    /// <summary>The same in each process.</summary>
    private static int HashCode(int seed, int start) => (seed * 7_919) + (start * 104_729);

    /// <summary>Whether chance wants it so: half of the time.</summary>
    private bool Happens(ServerFault fault) => Is(fault) && _random.Next(2) == 0;

    private bool Is(ServerFault fault) => _fault == fault;

    private int Run(DoubleProgram program)
    {
        _program = program;
        try
        {
            while (true)
            {
                var client = new Client(_listener.Accept());
                _sockets.Add(client.Socket);
                if (Is(ServerFault.BlocksOnNameless))
                {
                    ReadName(client);
                }

                lock (_gate)
                {
                    _clients.Add(client);
                    if (Is(ServerFault.SeventeenClients) && _clients.Count > Few + 1)
                    {
                        client.Socket.Dispose();
                        continue;
                    }
                }

                var thread = new Thread(() => Serve(client)) { IsBackground = true, Name = "double's client" };
                thread.Start();
                if (Is(ServerFault.OneClientAtATime))
                {
                    thread.Join();
                }
            }
        }
        catch (SocketException)
        {
            return 0; // stopped
        }
        catch (ObjectDisposedException)
        {
            return 0; // stopped
        }
    }

    public void Dispose()
    {
        _stopped.Set();
        _listener.Dispose();
        foreach (Socket socket in _sockets)
        {
            socket.Dispose(); // not under the gate: whoever holds it may be blocked in one of them for ever
        }
    }

    /// <summary>Ends it like an unhandled exception.</summary>
    private void Die()
    {
        _program!.Exit(1, "Traceback (most recent call last):\n  somewhere\nValueError: a fault of a double\n");
        Dispose();
    }

    private static void ReadName(Client client)
    {
        var name = new byte[Size];
        for (int count = 0, more; count < Size && (more = Receive(client, name.AsSpan(count))) > 0; count += more)
        {
            client.Early.AddRange(name.AsSpan(count, more));
        }
    }

    private void Serve(Client client)
    {
        var bytes = new byte[Is(ServerFault.OneMessagePerReceive) ? 4 * Size : 64 * 1024];
        List<byte> buffer = Is(ServerFault.SharedBuffer) ? _shared : client.Buffer;
        int count;
        if (client.Early.Count > 0)
        {
            Take(client, buffer, [.. client.Early]);
        }

        while ((count = Receive(client, bytes)) > 0)
        {
            Take(client, buffer, bytes.AsSpan(0, count));
        }

        if ((count < 0 || client.IsReset) && (Is(ServerFault.DiesOnReset) || Is(ServerFault.DiesLateAfterReset)))
        {
            _stopped.Wait(Is(ServerFault.DiesLateAfterReset) ? LateDeathMilliseconds : 0);
            Die();
            return;
        }

        if (client.Name is null && Is(ServerFault.DiesOnNamelessLeave))
        {
            Die();
            return;
        }

        lock (_gate)
        {
            if (Is(ServerFault.HalfMessageDelivered) && client.Buffer.Count > 0)
            {
                Handle(client, Encoding.UTF8.GetString([.. client.Buffer]).TrimEnd());
            }

            _clients.Remove(client);
            if (!Is(ServerFault.LeftSilent))
            {
                Leave(client, toAll: Is(ServerFault.LeftToldToAll), twice: Is(ServerFault.LeftTwice));
            }

            client.Socket.Dispose();
        }
    }

    private void Take(Client client, List<byte> buffer, ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            if (_isSlow)
            {
                _stopped.Wait(_random.Next(MostDelayMilliseconds));
            }

            buffer.AddRange(bytes);
            int size = Is(ServerFault.ReceiveIsMessage) ? 1 : Size;
            int taken = 0;
            while (buffer.Count - taken >= size)
            {
                int length = Is(ServerFault.ReceiveIsMessage) || Is(ServerFault.OneMessagePerReceive) ? buffer.Count - taken : Size;
                string text = Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(buffer).Slice(taken, Math.Min(length, Size)));
                taken += length;
                Handle(client, text.TrimEnd(' ', '\n', '\r', '\t', '\0'));
            }

            buffer.RemoveRange(0, taken);
        }
    }

    private void Handle(Client client, string text)
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
                Die();
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

    private void Obey(Client client, string[] words)
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
                    Send(client, $"{word} is not a valid control message. Valid messages are /create, /list, and /join" + (Is(ServerFault.InvalidAltered) || Happens(ServerFault.AltersAnErrorNowAndThen) ? "" : "."));
                }

                if (Is(ServerFault.InvalidDelivered))
                {
                    Say(client, word);
                }

                break;
        }
    }

    private void Create(Client client, string channel)
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

    private void RejectJoin(Client client, string channel)
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

    private void Join(Client client, string channel)
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

    private void List(Client client)
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

    private void Say(Client client, string text)
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

    private void Leave(Client client, bool toAll = false, bool twice = false)
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

    /// <summary>Sends to everybody in a channel but one; to everybody at all where the channel is null.</summary>
    private void Tell(string? channel, Client but, string text, bool alsoNowhere = false)
    {
        foreach (Client client in _clients.ToArray())
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

    private void Send(Client client, string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        int size = Is(ServerFault.NoPadding) ? utf8.Length : Size + (Is(ServerFault.FrameOneByteLong) ? 1 : 0);
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

    /// <summary>0 at the end of the stream, less if the connection is lost.</summary>
    private static int Receive(Client client, Span<byte> bytes)
    {
        try
        {
            return client.Socket.Receive(bytes);
        }
        catch (SocketException)
        {
            return -1;
        }
        catch (ObjectDisposedException)
        {
            return 0;
        }
    }

    private sealed class Client(Socket socket)
    {
        public Socket Socket { get; } = socket;

        public volatile bool IsReset;

        public List<byte> Early { get; } = [];

        public List<byte> Buffer { get; } = [];

        public string? Name { get; set; }

        public string? Channel { get; set; }

        public string? OldChannel { get; set; }

        public string? SpeaksTo { get; set; }

        public string? Held { get; set; }
    }
}
