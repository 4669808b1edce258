using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Session;

/// <summary>
/// The frames of one connection: how many the client has sent, and how many the server has handled, as a fence shows. Has no lock: its
/// owner has one.
/// </summary>
/// <param name="time">The clock for the fence.</param>
/// <param name="usesFence">True to learn from a fence what the server has handled.</param>
internal sealed class FencedFrames(TimeProvider time, bool usesFence)
{
    /// <summary>A pause in typing: so long after a line, the client asks whether the server has handled it.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private static readonly byte[] FenceFrame = Frame.Encode(ControlMessage.Join);

    private readonly Fence _fence = new(time);
    private bool _isConnected;
    private long _sentWithLines; // up to the last line that the user has typed
    private long _handled; // by the server
    private long _lastLineAt;

    /// <summary>How many frames the client has sent on this connection. The last one has this number.</summary>
    public long Sent { get; private set; }

    /// <summary>False if the client is not to use the fence at all.</summary>
    public bool IsFenced => usesFence;

    /// <summary>True while the server is expected to answer a fence.</summary>
    public bool HasFence => usesFence && _isConnected && !_fence.IsOff;

    /// <summary>True if the server has answered a fence on this connection or on an earlier one.</summary>
    public bool WasProven => _fence.WasProven;

    /// <summary>True while a server that knows the fence owes an answer.</summary>
    public bool IsOwedAnswer => _fence.IsOpen && _fence.IsProven;

    /// <summary>How long a server that knows the fence owes an answer; zero if it owes none.</summary>
    public TimeSpan Lag => _fence.IsProven ? _fence.Lag : TimeSpan.Zero;

    /// <summary>How long until the client is to ask about its last line; null if it is not to ask.</summary>
    public TimeSpan? UntilPause => HasFence && !_fence.IsOpen && _sentWithLines > _handled
        ? TimeSpan.FromTicks(Math.Max(0, (Pause - time.GetElapsedTime(_lastLineAt)).Ticks))
        : null;

    /// <summary>A connection has begun, and the client has sent this many frames on it.</summary>
    public void Begin(int sent)
    {
        _isConnected = true;
        _fence.Begin();
        Sent = sent;
        (_sentWithLines, _handled) = (0, 0);
    }

    /// <summary>The connection has ended.</summary>
    public void End() => _isConnected = false;

    /// <summary>Notes the frames of a line that the user has typed.</summary>
    public void NoteLine(int frames)
    {
        Sent += frames;
        _sentWithLines = Sent;
        _lastLineAt = time.GetTimestamp();
    }

    /// <summary>Notes a frame that the client sends by itself. Returns its number.</summary>
    public long NoteOwn() => ++Sent;

    /// <summary>The frame that asks what the server has handled. It is noted before it is sent.</summary>
    public byte[] Ask()
    {
        _fence.Ask(NoteOwn(), isOwn: true);
        return FenceFrame;
    }

    /// <summary>The last line of the user is such a question.</summary>
    public void UserAsks() => _fence.Ask(Sent, isOwn: false);

    /// <summary>True if <paramref name="text"/> answers the oldest question, which is that of <paramref name="frame"/>.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="frame">The server has handled the frames up to this number.</param>
    /// <param name="isOwn">False if the user has asked: then the user sees the answer.</param>
    public bool TryAnswer(string text, out long frame, out bool isOwn)
    {
        (frame, isOwn) = (0, false);
        if (!usesFence || !_fence.TryAnswer(text, out frame, out isOwn))
        {
            return false;
        }

        _handled = frame;
        return true;
    }

    /// <inheritdoc cref="Fence.Expire"/>
    public bool Expire() => _fence.Expire();
}
