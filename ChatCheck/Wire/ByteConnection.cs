using System.Net.Sockets;
using ThreadedChat.ChatCheck.Texts;
using static ThreadedChat.ChatCheck.Wire.Transcript;

namespace ThreadedChat.ChatCheck.Wire;

/// <summary>
/// The checker's end of one connection, as a stream of bytes. All bytes are in the transcript, every wait has a limit, and a
/// failure ends the case with a finding.
/// </summary>
internal class ByteConnection : IDisposable
{
    /// <summary>More bytes than any case leaves unread.</summary>
    private const int MostUnreadBytes = 4_000_000;

    private static readonly Text ResetEvent = new("(reset)", "(reset)");
    private static readonly Text ClosedEvent = new("(closed)", "(fechada)");
    private static readonly Text EndEvent = new("(end of stream)", "(fim do fluxo)");
    private static readonly Text LeavesEvent = new("(leaves)", "(sai)");
    private static readonly Text ConnectsEvent = new("(connects)", "(conecta)");
    private static readonly Text StopsReadingEvent = new("(stops reading)", "(para de ler)");

    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly List<byte> _unread = [];
    private bool _hasUnconfirmed;
    private bool _isReset;
    private bool _isClosedHere;
    private bool _hasSentPieces;

    /// <summary>Takes over a connected socket. Findings and the transcript call its owner <paramref name="who"/>.</summary>
    public ByteConnection(string who, Socket socket, Transcript transcript, CaseClock clock)
    {
        Who = who;
        _socket = socket;
        Transcript = transcript;
        Clock = clock;
        socket.NoDelay = true;
        socket.SendTimeout = (int)clock.Timeouts.Reply.TotalMilliseconds; // a program that does not read is not looked at
    }

    public string Who { get; }

    protected Transcript Transcript { get; }

    protected CaseClock Clock { get; }

    /// <summary>Whether the other side has ended the stream.</summary>
    protected bool HasEnded { get; private set; }

    protected bool HasReceived { get; private set; }

    protected bool IsOpen => !_isClosedHere && !HasEnded;

    protected int UnreadCount => _unread.Count;

    public void SendBytes(ReadOnlySpan<byte> bytes)
    {
        Transcript.Add(Who, Direction.Sent, bytes);
        Put(bytes);
    }

    /// <summary>Sends bytes in pieces that arrive one by one: <paramref name="lengths"/>, and then the rest.</summary>
    public void SendInPieces(byte[] bytes, params IEnumerable<int> lengths)
    {
        int sent = 0;
        _hasSentPieces = true;
        foreach (int length in lengths)
        {
            SendBytes(bytes.AsSpan(sent, length));
            sent += length;
            AwaitReadByPeer(Clock.Timeouts.BetweenPieces);
        }

        SendBytes(bytes.AsSpan(sent));
    }

    /// <summary>Waits until the other side has read what was sent, as far as that can be seen, and longer than between two pieces: it may be busy.</summary>
    public void AwaitRead()
    {
        if (Clock.Timeouts.Delivery == TimeSpan.Zero || !Delivery.Await(_socket, Clock.Timeouts.Rest))
        {
            Thread.Sleep(Clock.Timeouts.BetweenPieces);
        }
    }

    /// <summary>All bytes until the other side ends the stream, which it must.</summary>
    public byte[] ReadBytesToEnd()
    {
        ReceiveWhile(Clock.ForAnswer(), () => true);
        return HasEnded ? Take(_unread.Count) : throw NotClosed();
    }

    /// <summary>All bytes until the other side ends the stream, or until the timeout.</summary>
    public byte[] ReadBytesUntilEnd()
    {
        ReceiveWhile(Clock.Within(Clock.Timeouts.Reply), () => true);
        return Take(_unread.Count);
    }

    /// <summary>Receives until the other side has sent this many bytes, and returns as many of them as there are.</summary>
    public byte[] ReadBytes(int count)
    {
        ReceiveWhile(Clock.ForAnswer(), () => _unread.Count < count);
        return Take(Math.Min(count, _unread.Count));
    }

    /// <summary>Tells in the transcript that it has connected: otherwise it is seen there only if it does something.</summary>
    public void NoteConnected() => Transcript.Add(Who, Direction.Sent, ConnectsEvent);

    /// <summary>Tells in the transcript that it reads no more.</summary>
    public void NoteStopsReading() => Transcript.Add(Who, Direction.Sent, StopsReadingEvent);

    /// <summary>Ends the sending direction and continues to receive.</summary>
    public void EndSending()
    {
        Transcript.Add(Who, Direction.Sent, EndEvent);
        Try(() => _socket.Shutdown(SocketShutdown.Send));
    }

    /// <summary>Ends the connection as a program does that ends.</summary>
    public void Leave()
    {
        Transcript.Add(Who, Direction.Sent, LeavesEvent);
        Dispose();
    }

    /// <summary>Resets the connection, as a machine does that fails.</summary>
    public void Reset()
    {
        _isClosedHere = true;
        Transcript.Add(Who, Direction.Sent, ResetEvent);
        Try(() => _socket.LingerState = new LingerOption(enable: true, seconds: 0));
        _socket.Dispose();
    }

    /// <summary>The connection must not end within this time. Received bytes are kept.</summary>
    public void MustStayConnected(TimeSpan time)
    {
        ReceiveWhile(Clock.Within(time), () => true);
        if (HasEnded)
        {
            throw Missing(expected: null);
        }
    }

    /// <summary>
    /// Closes the connection gracefully: ends the sending, and waits until the other side has read that or closes too. A
    /// socket that is closed with unread input sends a reset, and a program that dies of a reset would fail a case that
    /// is about something else.
    /// </summary>
    public void Dispose()
    {
        if (_isClosedHere)
        {
            return;
        }

        _isClosedHere = true;
        Try(() =>
        {
            _socket.Shutdown(SocketShutdown.Send);
            bool isSeen = Delivery.Await(_socket, Clock.Timeouts.Delivery);
            var wait = new CaseClock.Wait(isSeen ? TimeSpan.Zero : Clock.Timeouts.Goodbye);
            while (_socket.Poll(wait.Left, SelectMode.SelectRead) && _socket.Receive(_buffer) > 0)
            {
                // Drains the input.
            }
        });
        _socket.Dispose();
    }

    /// <summary>Another client that has received something; null if there is none.</summary>
    protected virtual string? FindOtherReceiver() => null;

    /// <summary>Why there is no more input, as a finding.</summary>
    protected CaseFailedException Missing(string? expected) =>
        _isReset ? Findings.Broken(Who, expected)
        : HasEnded ? Findings.Closed(Who, expected)
        : Findings.NothingCame(Who, expected, HasReceived || _hasSentPieces ? null : FindOtherReceiver());

    protected CaseFailedException NotClosed() => Findings.NotClosed(Who);

    /// <summary>
    /// Waits until the other side has read the bytes since the last call, if any. Waits for
    /// <paramref name="otherwise"/> if that cannot be seen.
    /// </summary>
    protected void AwaitReadOfSent(TimeSpan otherwise)
    {
        if (_hasUnconfirmed)
        {
            AwaitReadByPeer(otherwise);
            _hasUnconfirmed = false;
        }
    }

    /// <summary>Receives while more is wanted, the time is not over and the stream has not ended.</summary>
    protected void ReceiveWhile(CaseClock.Wait wait, Func<bool> isMoreWanted)
    {
        if (isMoreWanted())
        {
            wait.Until(limit =>
            {
                Receive(limit);
                return HasEnded || !isMoreWanted();
            });
        }
    }

    /// <summary>Removes the first unread bytes, and notes them in the transcript.</summary>
    protected byte[] Take(int count)
    {
        byte[] bytes = [.. _unread.Take(count)];
        _unread.RemoveRange(0, count);
        if (count > 0)
        {
            Transcript.Add(Who, Direction.Received, bytes);
        }

        return bytes;
    }

    /// <summary>An answer to what was sent shows that it was read.</summary>
    protected void ForgetUnconfirmed() => _hasUnconfirmed = false;

    protected byte[] PeekAll() => [.. _unread];

    /// <summary>Sends without a line in the transcript.</summary>
    protected void Put(ReadOnlySpan<byte> bytes)
    {
        Clock.Within(Clock.Timeouts.Reply); // the limit of the socket
        try
        {
            while (!bytes.IsEmpty)
            {
                bytes = bytes[_socket.Send(bytes)..];
            }

            _hasUnconfirmed = true;
        }
        catch (SocketException e)
        {
            throw e.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock
                ? Findings.DoesNotRead(Who)
                : Findings.Broken(Who, expected: null);
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
            // The connection has failed already, which ends it too.
        }
    }

    private void AwaitReadByPeer(TimeSpan otherwise)
    {
        if (!Delivery.Await(_socket, Clock.Timeouts.Delivery))
        {
            Thread.Sleep(otherwise);
        }
    }

    /// <summary>Adds what arrives within the limit to the unread bytes.</summary>
    private void Receive(TimeSpan limit)
    {
        if (HasEnded)
        {
            return;
        }

        int count = 0;
        try
        {
            if (!_socket.Poll(limit, SelectMode.SelectRead))
            {
                return;
            }

            count = _socket.Receive(_buffer);
        }
        catch (SocketException)
        {
            _isReset = true;
        }

        if (count == 0)
        {
            HasEnded = true;
            Transcript.Add(Who, Direction.Received, _isReset ? ResetEvent : ClosedEvent);
            return;
        }

        HasReceived = true;
        _unread.AddRange(_buffer.AsSpan(0, count));
        if (_unread.Count > MostUnreadBytes)
        {
            throw Findings.Flood(Who, MostUnreadBytes / FrameFormat.Size);
        }
    }
}
