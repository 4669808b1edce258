using System.Net.Sockets;
using System.Text;
using ThreadedChat.Common;
using static ThreadedChat.ChatCheck.Wire.Transcript;

namespace ThreadedChat.ChatCheck.Wire;

/// <summary>
/// The checker's end of one connection: a person in a scene, or a scripted server. All that goes over it is in the
/// transcript; every wait has a limit, and what goes wrong ends the case with a finding.
/// </summary>
internal sealed class Peer : IDisposable
{
    /// <summary>More messages than any case has coming at a time.</summary>
    private const int FloodCount = 5_000;

    /// <summary>More bytes than may wait here to be looked at.</summary>
    private const int FloodBytes = 4_000_000;

    private static readonly Texts.Text ResetEvent = new("(reset)", "(reset)");
    private static readonly Texts.Text ClosedEvent = new("(closed)", "(fechada)");
    private static readonly Texts.Text EndEvent = new("(end of stream)", "(fim do fluxo)");
    private static readonly Texts.Text LeavesEvent = new("(leaves)", "(sai)");

    private readonly Socket _socket;
    private readonly Transcript _transcript;
    private readonly CaseClock _clock;
    private readonly Fences _fences;
    private readonly IReadOnlyList<Peer> _company;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly List<byte> _unread = [];
    private bool _hasSpoken;
    private bool _hasEnded;
    private bool _isBroken;
    private bool _hasHeard;
    private bool _isGone;

    /// <summary>
    /// Takes over a connected socket; <paramref name="who"/> is whom findings and transcript are about. Who else is connected
    /// to the same program, at any time, is in <paramref name="company"/>.
    /// </summary>
    public Peer(
        string who, Socket socket, Transcript transcript, CaseClock clock, Fences fences, IReadOnlyList<Peer>? company = null)
    {
        _company = company ?? [];
        Who = who;
        _socket = socket;
        _transcript = transcript;
        _clock = clock;
        _fences = fences;
        socket.NoDelay = true;
        socket.SendTimeout = (int)clock.Patience.Reply.TotalMilliseconds;
    }

    /// <summary>Whose end of the connection this is.</summary>
    public string Who { get; }

    /// <summary>Sends messages with these texts, all in one piece.</summary>
    public void Send(params IEnumerable<string> texts)
    {
        byte[][] frames = [.. texts.Select(Frame.Encode)];
        foreach (byte[] frame in frames)
        {
            _transcript.Add(Who, Direction.Sent, frame);
        }

        Put([.. frames.SelectMany(frame => frame)]);
        _hasSpoken = true;
    }

    /// <summary>Sends bytes as they are.</summary>
    public void SendBytes(ReadOnlySpan<byte> bytes)
    {
        _transcript.Add(Who, Direction.Sent, bytes);
        Put(bytes);
        _hasSpoken = true;
    }

    /// <summary>Sends bytes in pieces that arrive one by one: <paramref name="lengths"/>, and then the rest.</summary>
    public void SendInPieces(byte[] bytes, params IEnumerable<int> lengths)
    {
        int sent = 0;
        foreach (int length in lengths)
        {
            SendBytes(bytes.AsSpan(sent, length));
            sent += length;
            AwaitRead(_clock.Patience.BetweenPieces);
        }

        SendBytes(bytes.AsSpan(sent));
    }

    /// <summary>The next message, whatever it is; a blank one is no message.</summary>
    /// <param name="expected">What is waited for, for the finding.</param>
    public Message Read(string? expected = null)
    {
        CaseClock.Wait wait = _clock.Within(_clock.Patience.Reply);
        for (int count = 0; count < FloodCount; count++)
        {
            Message message = TryRead(wait, expected) ?? throw Missing(expected);
            if (!message.IsBlank)
            {
                return message;
            }
        }

        throw Findings.Flood(Who, FloodCount);
    }

    /// <summary>The next message, or null where none comes: then that is for other cases to find.</summary>
    public Message? ReadIfAny() => TryRead(_clock.Within(_clock.Patience.Reply), expected: null);

    /// <summary>The next message must have this text.</summary>
    public void Expect(string text)
    {
        Message message = Read(text);
        if (message.Text != text)
        {
            // Behind some padding: then a message before it was too short or too long.
            int offset = message.Bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text));
            throw offset > 1 && message.Bytes.AsSpan(0, offset).EndsWith("  "u8)
                ? Findings.OutOfStep(Who, offset, message.Bytes, text)
                : Findings.OtherMessage(Who, text, message);
        }
    }

    /// <summary>There must be nothing for this person at this moment.</summary>
    public void ExpectNothing()
    {
        if (Fence() is [var first, ..])
        {
            throw Findings.Unwanted(Who, first);
        }
    }

    /// <summary>
    /// All messages there are for this person at this moment, without blank ones. When this returns, the server has seen
    /// all that was sent here.
    /// </summary>
    public List<Message> Fence() => _fences.Style == FenceStyle.Quiet ? ReadUntilQuiet() : ReadUntilAnswer();

    /// <summary>Whether the server answers a question of the present style. Throws nothing: it is only a look.</summary>
    public bool AnswersFence()
    {
        try
        {
            Fence();
            return true;
        }
        catch (CaseFailedException)
        {
            return false;
        }
    }

    /// <summary>All messages until the other side ends the stream, which it must.</summary>
    public List<Message> ReadToEnd()
    {
        var messages = new List<Message>();
        CaseClock.Wait wait = _clock.Within(_clock.Patience.Reply);
        while (messages.Count < FloodCount && TryRead(wait, expected: null) is Message message)
        {
            messages.Add(message);
        }

        return _hasEnded ? messages : throw NotClosed();
    }

    /// <summary>All bytes until the other side ends the stream, which it must.</summary>
    public byte[] ReadBytesToEnd()
    {
        byte[] bytes = ReadBytesUntilEnd();
        return _hasEnded ? bytes : throw NotClosed();
    }

    /// <summary>All bytes until the other side ends the stream; what has come in the usual time where it does not.</summary>
    public byte[] ReadBytesUntilEnd()
    {
        CaseClock.Wait wait = _clock.Within(_clock.Patience.Reply);
        while (Receive(wait.Left))
        {
            // All of it.
        }

        return TakeUnread(_unread.Count);
    }

    /// <summary>Receives until the other side has sent so many bytes, and takes what there is of them.</summary>
    public byte[] ReadBytes(int count)
    {
        CaseClock.Wait wait = _clock.Within(_clock.Patience.Reply);
        while (_unread.Count < count && Receive(wait.Left))
        {
            // More.
        }

        return TakeUnread(Math.Min(count, _unread.Count));
    }

    /// <summary>Takes one message as it is, if one comes, without looking at it: whole, half or none. Whether it was whole.</summary>
    public bool Skip(TimeSpan limit)
    {
        CaseClock.Wait wait = _clock.Within(limit);
        while (_unread.Count < Frame.Size && Receive(wait.Left))
        {
            // More.
        }

        return TakeUnread(Math.Min(Frame.Size, _unread.Count)).Length == Frame.Size;
    }

    /// <summary>Says that nothing more will be sent, and goes on receiving.</summary>
    public void EndSending()
    {
        _transcript.Add(Who, Direction.Sent, EndEvent);
        Try(() => _socket.Shutdown(SocketShutdown.Send));
    }

    /// <summary>Ends the connection as a program does that ends.</summary>
    public void Leave()
    {
        _transcript.Add(Who, Direction.Sent, LeavesEvent);
        Dispose();
    }

    /// <summary>Breaks the connection off, as a machine does that fails.</summary>
    public void Reset()
    {
        _isGone = true;
        _transcript.Add(Who, Direction.Sent, ResetEvent);
        Try(() => _socket.LingerState = new LingerOption(enable: true, seconds: 0));
        _socket.Dispose();
    }

    /// <summary>The connection must not end within this time; what comes is kept.</summary>
    public void MustStayConnected(TimeSpan time)
    {
        CaseClock.Wait wait = _clock.Within(time);
        while (Receive(wait.Left))
        {
            // It lives.
        }

        if (_hasEnded)
        {
            throw Missing(expected: null);
        }
    }

    /// <summary>
    /// Ends the connection politely: says so, and waits until the other side has read that, or does the same. A socket that is
    /// closed over unread input, or before more comes, resets; and whom that kills would die of a case that is about
    /// something else.
    /// </summary>
    public void Dispose()
    {
        if (_isGone)
        {
            return;
        }

        _isGone = true;
        Try(() =>
        {
            _socket.Shutdown(SocketShutdown.Send);
            bool isSeen = Delivery.Await(_socket, _clock.Patience.Delivery);
            var wait = new CaseClock.Wait(isSeen ? TimeSpan.Zero : _clock.Patience.Goodbye);
            while (_socket.Poll(wait.Left, SelectMode.SelectRead) && _socket.Receive(_buffer) > 0)
            {
                // What still comes.
            }
        });
        _socket.Dispose();
    }

    /// <summary>
    /// Waits until the other side has read all that was sent here, so that what is sent next arrives by itself; for
    /// <paramref name="otherwise"/> where that cannot be seen.
    /// </summary>
    private void AwaitRead(TimeSpan otherwise)
    {
        if (!Delivery.Await(_socket, _clock.Patience.Delivery))
        {
            Thread.Sleep(otherwise);
        }
    }

    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is broken already: that is an end, too.
        }
    }

    private List<Message> ReadUntilAnswer()
    {
        if (_hasSpoken)
        {
            // A server that takes what it receives for one message would lose the question, here and there: a fault that
            // its own cases are to find, always, and not other cases now and then.
            AwaitRead(_clock.Patience.BeforeQuestion);
            _hasSpoken = false;
        }

        (string question, string word, string answer) = _fences.Next();
        byte[] frame = Frame.Encode(question);
        _transcript.Add(Who, Direction.Sent, frame, isFence: true);
        Put(frame);

        var before = new List<Message>();
        CaseClock.Wait wait = _clock.Within(_clock.Patience.Reply);
        for (int count = 0; count < FloodCount; count++)
        {
            if (TryRead(wait, answer) is not Message message)
            {
                _transcript.AddUnanswered(Who, frame);
                throw Missing(answer);
            }

            if (message.Bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(word)) >= 0)
            {
                RequireStep();
                return before;
            }

            if (!message.IsBlank)
            {
                before.Add(message);
            }
        }

        throw Findings.Flood(Who, FloodCount);
    }

    private List<Message> ReadUntilQuiet()
    {
        var messages = new List<Message>();
        while (messages.Count < FloodCount)
        {
            if (TryRead(_clock.Within(_clock.Patience.Quiet), expected: null) is not Message message)
            {
                return _hasEnded ? throw Missing(expected: null) : messages;
            }

            if (!message.IsBlank)
            {
                messages.Add(message);
            }
        }

        throw Findings.Flood(Who, FloodCount);
    }

    /// <summary>After the last answer there is nothing more, least of all a part of a message.</summary>
    private void RequireStep()
    {
        CaseClock.Wait wait = _clock.Within(_clock.Patience.Rest);
        while (_unread.Count % Frame.Size != 0 && !wait.IsOver && Receive(wait.Left))
        {
            // The rest may be under way.
        }

        if (_unread.Count % Frame.Size != 0)
        {
            throw Findings.OutOfStep(Who, _unread.Count % Frame.Size, [.. _unread], expected: null);
        }
    }

    /// <summary>The next message, or null where none has begun in time or the stream has ended; see <see cref="Missing"/>.</summary>
    private Message? TryRead(CaseClock.Wait wait, string? expected)
    {
        while (_unread.Count == 0)
        {
            if (!Receive(wait.Left))
            {
                return null;
            }
        }

        CaseClock.Wait rest = _clock.Within(_clock.Patience.Rest);
        while (_unread.Count < Frame.Size)
        {
            if (!Receive(rest.Left))
            {
                throw Findings.Torn(Who, TakeUnread(_unread.Count), expected, _hasEnded);
            }
        }

        return new Message(TakeUnread(Frame.Size));
    }

    private byte[] TakeUnread(int count)
    {
        byte[] bytes = [.. _unread.Take(count)];
        _unread.RemoveRange(0, count);
        if (count > 0)
        {
            _transcript.Add(Who, Direction.Came, bytes);
        }

        return bytes;
    }

    private CaseFailedException Missing(string? expected) =>
        _isBroken ? Findings.Broken(Who, expected)
        : _hasEnded ? Findings.Closed(Who, expected)
        : Findings.NothingCame(Who, expected, _clock.Patience.Reply, _hasHeard ? null : OtherWhoHeard());

    /// <summary>Somebody else who is connected, and to whom something came; null where there is nobody.</summary>
    private string? OtherWhoHeard() => _company.FirstOrDefault(peer => peer is { _isGone: false, _hasEnded: false, _hasHeard: true })?.Who;

    private CaseFailedException NotClosed() => Findings.Wrong(new(
        $"The connection of {Who} was not closed by the other side within {Findings.Seconds(_clock.Patience.Reply)} s.",
        $"A conexão de {Who} não foi fechada pelo outro lado em {Findings.Seconds(_clock.Patience.Reply)} s."));

    /// <summary>Adds what comes within <paramref name="limit"/> to the unread bytes; false where nothing did.</summary>
    private bool Receive(TimeSpan limit)
    {
        if (_hasEnded)
        {
            return false;
        }

        int count = 0;
        try
        {
            if (!_socket.Poll(limit, SelectMode.SelectRead))
            {
                return false;
            }

            count = _socket.Receive(_buffer);
        }
        catch (SocketException)
        {
            _isBroken = true;
        }

        if (count == 0)
        {
            _hasEnded = true;
            _transcript.Add(Who, Direction.Came, _isBroken ? ResetEvent : ClosedEvent);
            return false;
        }

        _hasHeard = true;
        _unread.AddRange(_buffer.AsSpan(0, count));
        return _unread.Count <= FloodBytes ? true : throw Findings.Flood(Who, FloodBytes / Frame.Size);
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        _clock.Within(_clock.Patience.Reply); // the limit of the socket
        try
        {
            while (!bytes.IsEmpty)
            {
                bytes = bytes[_socket.Send(bytes)..];
            }
        }
        catch (SocketException e)
        {
            throw e.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock
                ? Findings.DoesNotRead(Who, _clock.Patience.Reply)
                : Findings.Broken(Who, expected: null);
        }
    }
}
