using System.Globalization;
using ThreadedChat.ChatClient.Connection;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.ChatClient.Editing;
using ThreadedChat.ChatClient.Input;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Session;

/// <summary>
/// What the client knows from the frames that it sends and receives: names, for completion; its channel; the lines that wait to be
/// sent, that are on their way, and that were lost with a connection.
/// </summary>
/// <param name="time">The clock for the fence and for lost lines.</param>
/// <param name="usesFence">True to learn from a fence what the server has handled. Only at a terminal (docs/protocol.md, section 5).</param>
internal sealed class Conversation(TimeProvider time, bool usesFence = false) : ISeenNames
{
    /// <summary>The number of no connection.</summary>
    public const int NotConnected = 0;

    /// <summary>What the user is told about a line that is entered while there is no connection.</summary>
    public const string NotSent = "Not connected: this line was not sent.";

    /// <summary>A pause in typing: so long after a line, the client asks whether the server has handled it.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>A longer lag is shown.</summary>
    public static readonly TimeSpan LagUnseen = TimeSpan.FromSeconds(1);

    // How often the thread "input" looks for the answer that lines wait for.
    private static readonly TimeSpan WhileHolding = TimeSpan.FromMilliseconds(20);

    private static readonly byte[] FenceFrame = Frame.Encode(ControlMessage.Join);

    // Guards all fields below. Only parts of this object, which have no lock of their own, are called under it.
    private readonly Lock _gate = new();
    private readonly SeenNames _members = new();
    private readonly SeenNames _channels = new();
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
    private bool _hasAskedForList;

    public IReadOnlyList<string> Members => Read(() => _members.Latest);

    public IReadOnlyList<string> Channels => Read(() => _channels.Latest);

    /// <summary>The channel that the client is in, as far as it can know; null for none.</summary>
    public string? Channel => Read(() => _whereabouts.Channel);

    /// <summary>As <see cref="Channel"/>, but while the result of a request is unknown, the channel before it.</summary>
    public string? Place => Read(() => _join is { } join ? join.Before : _whereabouts.Channel);

    /// <summary>True while lines wait because it is unknown in which channel the client is.</summary>
    public bool IsHolding => Read(() => _typed.Count > 0);

    /// <summary>True while a server that knows the fence owes an answer: if it then sends nothing at all, it is unreachable.</summary>
    public bool IsOwedAnswer => Read(() => _fence.IsOpen && _fence.IsProven);

    /// <summary>How long until <see cref="Next"/> may have something new, if the user types nothing; null for no limit.</summary>
    public TimeSpan? UntilNext => Read(() =>
        _typed.Count > 0 ? WhileHolding
        : !MayAsk_NeedsGate ? (TimeSpan?)null
        : TimeSpan.FromTicks(Math.Max(0, (Pause - time.GetElapsedTime(_lastSentAt)).Ticks)));

    /// <summary>What the prompt says about lines on their way; empty while the server answers within a second.</summary>
    public string Status => Read(() =>
    {
        int lines = _sent.Count + _typed.Count;
        TimeSpan lag = _fence.Lag;
        return lag < LagUnseen || lines == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"{lines} {(lines == 1 ? "line on its" : "lines on their")} way, {(int)lag.TotalSeconds} s");
    });

    private bool MayAsk_NeedsGate =>
        usesFence && _connection != NotConnected && !_fence.IsOff && !_fence.IsOpen && _framesOfLines > _framesHandled;

    /// <summary>
    /// A connection has begun. The client has sent its name and, if the last connection ended in <paramref name="channel"/>,
    /// <c>/create</c> and <c>/join</c> for it.
    /// </summary>
    /// <param name="connection">Its number, not <see cref="NotConnected"/>.</param>
    /// <param name="channel">Null for none.</param>
    public void Connected(int connection, string? channel = null)
    {
        lock (_gate)
        {
            _connection = connection;
            _hasAskedForList = false;
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
    }

    /// <summary>The user has entered a line. <see cref="Next"/> returns it in its turn.</summary>
    /// <param name="line">The line as it was typed.</param>
    /// <param name="framed">Its frames; at least one.</param>
    public void Typed(string line, FramedLine framed)
    {
        lock (_gate)
        {
            _typed.Add(line, framed, _connection);
        }
    }

    /// <summary>
    /// The next frames to send, if there are any: a line, with a fence if it asks for a channel, or a fence after a pause. They are
    /// noted before they are sent, because the answer could arrive before a note made afterwards.
    /// </summary>
    public Outgoing? Next()
    {
        lock (_gate)
        {
            if (_fence.Expire())
            {
                _join = null;
            }

            if (_join is null && _typed.Count > 0)
            {
                return Send_NeedsGate(_typed.Take(out string? reason), reason);
            }

            return MayAsk_NeedsGate && time.GetElapsedTime(_lastSentAt) >= Pause
                ? new Outgoing(_connection, Ask_NeedsGate())
                : null;
        }
    }

    /// <summary>Notes a text from the server.</summary>
    public Heard Heard(ReceivedText text)
    {
        lock (_gate)
        {
            if (usesFence && _fence.TryAnswer(text.Text, out long frame, out bool isOwn))
            {
                return new Heard(isOwn, Handled_NeedsGate(frame));
            }

            bool isNoNews = false;
            foreach (ReceivedLine line in text.Lines)
            {
                isNoNews |= Heard_NeedsGate(line);
            }

            return new Heard(isNoNews);
        }
    }

    /// <summary>
    /// The connection has ended. Returns what to tell the user about lines that were sent on it and did not, or may not, have
    /// arrived, and about lines that were not sent.
    /// </summary>
    /// <param name="arrived">How many frames have arrived, including the name; null if unknown.</param>
    /// <param name="isBroken">The connection was reset or timed out.</param>
    public IReadOnlyList<string> Lost(long? arrived, bool isBroken)
    {
        lock (_gate)
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
    }

    private Outgoing Send_NeedsGate(TypedLines.TypedLine line, string? reason)
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
        _hasAskedForList = line.Framed.Command?.Word == ControlMessage.List;
        if (line.Framed.Command is not { } message)
        {
            _whereabouts.Said(frames.Length / Frame.Size);
            return new Outgoing(_connection, frames);
        }

        string? before = _whereabouts.Channel;
        _whereabouts.Asked(message, _frames);
        if (TypedLines.IsChannelRequest(line.Framed))
        {
            _channels.Note(message.Argument!);
            return usesFence && !_fence.IsOff ? SendJoin_NeedsGate(message.Argument!, before, frames) : new Outgoing(_connection, frames);
        }

        if (usesFence && message.Word == ControlMessage.Join)
        {
            _fence.Ask(_frames, isOwn: false);
        }

        return new Outgoing(_connection, frames);
    }

    private Outgoing SendJoin_NeedsGate(string channel, string? before, byte[] frames)
    {
        byte[] fence = Ask_NeedsGate();
        _join = new PendingJoin(channel, before, _frames);
        return new Outgoing(_connection, [.. frames, .. fence]);
    }

    private byte[] Ask_NeedsGate()
    {
        _frames++;
        _fence.Ask(_frames, isOwn: true);
        return FenceFrame;
    }

    /// <summary>The server has handled so many frames. Returns what to tell the user.</summary>
    private string? Handled_NeedsGate(long frames)
    {
        _framesHandled = frames;
        _sent.Handled(frames);
        bool isRefused = _whereabouts.Settle(frames);
        if (_join is not { } join || join.Frame != frames)
        {
            return null;
        }

        _join = null;
        if (isRefused)
        {
            _typed.Refuse(join.Channel);
            return null;
        }

        return join.IsInDoubt ? null : $"-- now in {join.Channel} --";
    }

    private bool Heard_NeedsGate(ReceivedLine received)
    {
        if (received.Kind != ReceivedKind.Other)
        {
            _members.Note(received.Name);
            return false;
        }

        string line = received.Whole;
        if (_whereabouts.Heard(line, out bool isNoNews))
        {
            _channels.RemoveAll(channel => line == ProtocolText.Fill(ProtocolText.NoChannelExists, channel));
        }
        else if (_hasAskedForList)
        {
            _channels.Note(line);
        }
        else if (_join is not null)
        {
            _join.IsInDoubt = true;
        }

        return isNoNews;
    }

    private T Read<T>(Func<T> value)
    {
        lock (_gate)
        {
            return value();
        }
    }

    /// <summary>A <c>/join c</c> or <c>/create c</c> whose result is unknown, and the number of the fence after it.</summary>
    private sealed class PendingJoin(string channel, string? before, long frame)
    {
        public string Channel => channel;

        /// <summary>The channel that the client was in when it asked; null for none.</summary>
        public string? Before => before;

        public long Frame => frame;

        /// <summary>The server has answered something that the client does not know: perhaps a refusal.</summary>
        public bool IsInDoubt { get; set; }
    }
}
