using System.Globalization;
using ThreadedChat.ChatClient.Connection;
using ThreadedChat.ChatClient.Input;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Session;

/// <summary>
/// The lines that the user types, from Enter until the server has handled them: which wait, which to send next, which are on their way, and
/// in which channel the client is. Has no lock: its owner has one.
/// </summary>
/// <param name="time">The clock for the fence and for lost lines.</param>
/// <param name="usesFence">True to learn from a fence which frames the server has handled.</param>
internal sealed class LineDelivery(TimeProvider time, bool usesFence)
{
    /// <summary>The number of no connection.</summary>
    public const int NotConnected = 0;

    /// <summary>The text for the user about a line that is entered without a connection.</summary>
    public const string NotSent = "Not connected: this line was not sent.";

    /// <summary>A pause in typing: so long after a line, the client asks whether the server has handled it.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>A longer lag is shown.</summary>
    public static readonly TimeSpan LagUnseen = TimeSpan.FromSeconds(1);

    // How often the thread "input" looks for the answer that lines wait for.
    private static readonly TimeSpan WhileHolding = TimeSpan.FromMilliseconds(20);

    private static readonly byte[] FenceFrame = Frame.Encode(ControlMessage.Join);

    private readonly Whereabouts _whereabouts = new();
    private readonly TypedLines _typed = new();
    private readonly SentLines _sent = new(time);
    private readonly Fence _fence = new(time);
    private int _connection = NotConnected;
    private long _frames; // sent on this connection
    private long _framesOfLines; // up to the last line that the user has typed
    private long _framesHandled; // by the server, as a fence has told
    private long _lastSentAt;
    private PendingJoin? _join; // while lines wait for its result

    public bool IsConnected => _connection != NotConnected;

    /// <summary>The channel that the client is in, as far as it can know; null for none.</summary>
    public string? Channel => _whereabouts.Channel;

    /// <summary>As <see cref="Channel"/>, but while the result of a request is unknown, the channel before it.</summary>
    public string? Place => _join is { } join ? join.Before : _whereabouts.Channel;

    /// <summary>True while lines wait because it is unknown in which channel the client is.</summary>
    public bool IsHolding => _typed.Count > 0;

    /// <summary>True while a server that knows the fence owes an answer: if it then sends nothing at all, it is unreachable.</summary>
    public bool IsOwedAnswer => _fence.IsOpen && _fence.IsProven;

    /// <summary>How long until <see cref="Next"/> may have something new, if the user types nothing; null for no limit.</summary>
    public TimeSpan? UntilNext =>
        _typed.Count > 0 ? WhileHolding
        : !MayAsk ? null
        : TimeSpan.FromTicks(Math.Max(0, (Pause - time.GetElapsedTime(_lastSentAt)).Ticks));

    /// <summary>The text in the prompt about lines on their way; empty while the server answers within a second.</summary>
    public string Status
    {
        get
        {
            int lines = _sent.Count + _typed.Count;
            TimeSpan lag = _fence.IsProven ? _fence.Lag : TimeSpan.Zero; // the server may not know the fence
            return lag < LagUnseen || lines == 0 ? "" : string.Create(
                CultureInfo.InvariantCulture, $"{lines} {(lines == 1 ? "line on its" : "lines on their")} way, {(int)lag.TotalSeconds} s");
        }
    }

    private bool MayAsk => usesFence && IsConnected && !_fence.IsOff && !_fence.IsOpen && _framesOfLines > _framesHandled;

    /// <summary>A connection has begun: <see cref="Conversation.Connected"/>.</summary>
    public void Connected(int connection, string? channel)
    {
        _connection = connection;
        _whereabouts.Begin(channel);
        _fence.Begin();
        _frames = 1;
        if (channel is not null)
        {
            _frames += 2;
            _whereabouts.Rejoin(channel, _frames);
        }

        (_framesOfLines, _framesHandled) = (0, 0);
    }

    /// <summary>The user has entered a line. <see cref="Next"/> returns it in its turn.</summary>
    public void Typed(string line, FramedLine framed) => _typed.Add(line, framed, _connection);

    /// <summary>
    /// The next frames to send, if there are any: a line, with a fence if it asks for a channel, or a fence after a pause. They are
    /// noted before they are sent, because the answer could arrive before a note made afterwards.
    /// </summary>
    public Outgoing? Next()
    {
        Expire();
        return _join is null && _typed.Count > 0 ? Send(_typed.Take(out string? reason), reason)
            : MayAsk && time.GetElapsedTime(_lastSentAt) >= Pause ? new Outgoing(_connection, Ask())
            : null;
    }

    /// <summary>Turns the fence off if its answer takes too long: then no line waits for it.</summary>
    public void Expire()
    {
        if (_fence.Expire())
        {
            _join = null;
        }
    }

    /// <summary>
    /// Notes the answer to a <c>/join</c> without an argument: the server has handled all frames before. Null for any other text.
    /// </summary>
    public Heard? Answered(string text)
    {
        if (!usesFence || !_fence.TryAnswer(text, out long frame, out bool isOwn))
        {
            return null;
        }

        _framesHandled = frame;
        _sent.Handled(frame);
        bool isRefused = _whereabouts.Settle(frame);
        if (_join is not { } join || join.Frame != frame)
        {
            return new Heard(isOwn);
        }

        _join = null;
        if (isRefused)
        {
            _typed.Refuse(join.Channel);
        }

        return new Heard(isOwn, isRefused || join.IsInDoubt ? null : $"-- now in {join.Channel} --");
    }

    /// <summary>Notes an answer of the server. True if it answers a message or a request of the client.</summary>
    /// <param name="line">Any line that is neither a message nor a notice.</param>
    /// <param name="isNoNews">True if the user need not know it.</param>
    public bool Heard(string line, out bool isNoNews) => _whereabouts.Heard(line, out isNoNews);

    /// <summary>The server has answered something that the client does not know: perhaps it has refused the last request.</summary>
    public void Doubt()
    {
        if (_join is not null)
        {
            _join.IsInDoubt = true;
        }
    }

    /// <summary>The connection has ended: <see cref="Conversation.Lost"/>.</summary>
    public IReadOnlyList<string> Lost(long? arrived, bool isBroken)
    {
        IReadOnlyList<string> lost = [];
        if (arrived is { } frames)
        {
            lost = _sent.TellLost(frames);
            _whereabouts.Forget(frames);
        }
        else if (isBroken)
        {
            // Older lines have arrived: otherwise the connection would have timed out sooner.
            lost = _sent.TellDoubtful(SilenceLimit.OfProcess.Longest);
        }

        _sent.Clear();
        _join = null;
        _connection = NotConnected;
        return [.. lost, .. _typed.TellUnsent()];
    }

    private Outgoing Send(TypedLines.TypedLine line, string? reason)
    {
        if (line.Connection == NotConnected || line.Connection != _connection)
        {
            return new Outgoing(NotConnected, [], NotSent);
        }

        if (reason is not null)
        {
            return new Outgoing(_connection, [], reason);
        }

        byte[] frames = line.Framed.Frames;
        _frames += frames.Length / Frame.Size;
        _framesOfLines = _frames;
        _lastSentAt = time.GetTimestamp();
        _sent.Add(line.Text, _frames);
        if (line.Framed.Command is not { } message)
        {
            _whereabouts.Said(frames.Length / Frame.Size);
        }
        else if (usesFence && !_fence.IsOff && TypedLines.IsChannelRequest(line.Framed))
        {
            string? before = _whereabouts.Channel;
            _whereabouts.Asked(message, _frames);
            frames = [.. frames, .. Ask()];
            _join = new PendingJoin(message.Argument!, before, _frames);
        }
        else
        {
            _whereabouts.Asked(message, _frames);
            if (usesFence && message is { Word: ControlMessage.Join, Argument: null })
            {
                _fence.Ask(_frames, isOwn: false);
            }
        }

        return new Outgoing(_connection, frames);
    }

    private byte[] Ask()
    {
        _frames++;
        _fence.Ask(_frames, isOwn: true);
        return FenceFrame;
    }

    /// <summary>A <c>/join c</c> or <c>/create c</c> whose result is unknown.</summary>
    /// <param name="channel">The channel that the client has asked for.</param>
    /// <param name="before">The channel that the client was in when it asked; null for none.</param>
    /// <param name="frame">The number of the fence after the request.</param>
    private sealed class PendingJoin(string channel, string? before, long frame)
    {
        public string Channel => channel;

        public string? Before => before;

        public long Frame => frame;

        /// <summary>The server has answered something that the client does not know: perhaps a refusal.</summary>
        public bool IsInDoubt { get; set; }
    }
}
