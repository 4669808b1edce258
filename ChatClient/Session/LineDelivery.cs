using System.Globalization;
using ThreadedChat.ChatClient.Connection;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.ChatClient.Input;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Session;

/// <summary>
/// The lines that the user types, from Enter until the server has handled them: which wait, which to send next, and which are on their way.
/// Has no lock: its owner has one.
/// </summary>
/// <param name="time">The clock for the fence and for lost lines.</param>
/// <param name="usesFence">True to learn from a fence what the server has handled.</param>
/// <param name="channel">The channel of the client.</param>
/// <param name="questions">What the client asks once it has joined a channel.</param>
internal sealed class LineDelivery(TimeProvider time, bool usesFence, CurrentChannel channel, ChannelQuestions questions)
{
    /// <summary>The number of no connection.</summary>
    public const int NotConnected = 0;

    /// <summary>The text for the user about a line that is entered without a connection.</summary>
    public const string NotSent = "Not connected: this line was not sent.";

    /// <summary>A longer lag is shown.</summary>
    public static readonly TimeSpan ShortestShownLag = TimeSpan.FromSeconds(1);

    // How often the thread "input" looks for the answer that lines wait for.
    private static readonly TimeSpan WhileHolding = TimeSpan.FromMilliseconds(20);

    // How often it looks for a new connection, after which the client asks about its channel.
    private static readonly TimeSpan WhileDisconnected = TimeSpan.FromMilliseconds(200);

    private readonly TypedLines _typed = new();
    private readonly SentLines _sent = new(time);
    private readonly FencedFrames _frames = new(time, usesFence);
    private int _connection = NotConnected;

    public bool IsConnected => _connection != NotConnected;

    /// <summary>True while lines wait because it is unknown in which channel the client is.</summary>
    public bool IsHolding => _typed.Count > 0;

    /// <summary>True while a server that knows the fence owes an answer: if it then sends nothing at all, it is unreachable.</summary>
    public bool IsOwedAnswer => _frames.IsOwedAnswer;

    /// <summary>How long until <see cref="Next"/> may have something new, if the user types nothing; null for no limit.</summary>
    public TimeSpan? UntilNext =>
        _typed.Count > 0 || AwaitsQuestions ? WhileHolding
        : _frames.IsFenced && !IsConnected && questions.AreWanted && channel.Name is not null ? WhileDisconnected
        : _frames.UntilPause;

    /// <summary>The text in the prompt about lines on their way; empty while the server answers within a second.</summary>
    public string Status
    {
        get
        {
            int lines = _sent.Count + _typed.Count;
            TimeSpan lag = _frames.Lag;
            return lag < ShortestShownLag || lines == 0 ? "" : string.Create(
                CultureInfo.InvariantCulture, $"{lines} {(lines == 1 ? "line on its" : "lines on their")} way, {(int)lag.TotalSeconds} s");
        }
    }

    private bool AwaitsQuestions => _frames.HasFence && (questions.AreUnderway || channel.DelaysQuestions);

    /// <summary>A connection has begun: <see cref="Conversation.Connected"/>.</summary>
    public void Connected(int connection, string? lastChannel)
    {
        _connection = connection;
        _frames.Begin(sent: lastChannel is null ? 1 : 3); // the name, and /create and /join
        channel.Connected(lastChannel, _frames.Sent, _frames.WasProven);
    }

    /// <summary>The user has entered a line. <see cref="Next"/> returns it in its turn.</summary>
    public void Typed(string line, FramedLine framed) => _typed.Add(line, framed, _connection);

    /// <summary>
    /// The next frames to send, if there are any: a line, with a fence if it asks for a channel, a fence after a pause, or a question of the
    /// client with two fences. They are noted before they are sent, because the answer could arrive before a note made afterwards.
    /// </summary>
    public Outgoing? Next()
    {
        Expire();
        if (_frames.HasFence && channel.IsRejoinDue)
        {
            byte[] fence = _frames.Ask();
            channel.RejoinAsked(_frames.Sent);
            return new Outgoing(_connection, fence);
        }

        return _frames.HasFence && !channel.IsMoving && questions.AreDue ? new Outgoing(_connection, AskQuestion())
            : !channel.IsMoving && _typed.Count > 0 ? Send(_typed.Take(out string? reason), reason)
            : _frames.UntilPause == TimeSpan.Zero ? new Outgoing(_connection, _frames.Ask())
            : null;
    }

    /// <summary>Turns the fence off if its answer takes too long: then no line waits for it.</summary>
    public void Expire()
    {
        if (_frames.Expire())
        {
            channel.GiveUpMove();
        }
    }

    /// <summary>
    /// Notes the answer to a <c>/join</c> without an argument: the server has handled all frames before. Null for any other text.
    /// </summary>
    /// <param name="text">Any text.</param>
    /// <param name="names">The members of the channel, if the client has asked for them and this ends the answer; else empty.</param>
    public ReceivedMeaning? Answered(string text, out IReadOnlyList<string> names)
    {
        names = [];
        if (!_frames.TryAnswer(text, out long frame, out bool isOwn))
        {
            return null;
        }

        _sent.Handled(frame);
        IReadOnlyList<ReceivedText>? earlier = null;
        if (questions.Handled(frame) is { } answered)
        {
            earlier = questions.Unseen(answered) is { Count: > 0 } unseen ? unseen : null;
            names = answered.Names;
        }

        PendingMove? move = channel.Handled(frame);
        if (move is { IsRejected: true, Channel: { } other })
        {
            _typed.Reject(other);
        }

        return new ReceivedMeaning(isOwn, move?.News, earlier);
    }

    /// <summary>The connection has ended: <see cref="Conversation.Lost"/>.</summary>
    public IReadOnlyList<string> Lost(long? arrived, bool isBroken)
    {
        IReadOnlyList<string> lost = [];
        if (arrived is { } frames)
        {
            lost = _sent.TellLost(frames);
        }
        else if (isBroken)
        {
            // Older lines have arrived: otherwise the connection would have timed out sooner.
            lost = _sent.TellDoubtful(SilenceLimit.OfProcess.Longest);
        }

        channel.Lost(arrived);
        _sent.Clear();
        _connection = NotConnected;
        _frames.End();
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
        _frames.NoteLine(frames.Length / Frame.Size);
        _sent.Add(line.Text, _frames.Sent);
        if (line.Framed.Command is not { } message)
        {
            channel.Said(frames);
        }
        else if (!TypedLines.IsMove(line.Framed))
        {
            channel.Asked(message, _frames.Sent);
            if (_frames.IsFenced && message is { Word: ControlMessage.Join, Argument: null })
            {
                _frames.UserAsks();
            }
        }
        else if (!_frames.HasFence)
        {
            channel.AskedWithoutFence(message, _frames.Sent);
        }
        else
        {
            channel.AskedWithFence(message, _frames.Sent);
            frames = [.. frames, .. _frames.Ask()];
        }

        return new Outgoing(_connection, frames);
    }

    /// <summary>A command of the client between two fences: what the server answers between their answers is for the client.</summary>
    private byte[] AskQuestion()
    {
        byte[] before = _frames.Ask();
        byte[] question = Frame.Encode(questions.Ask(_frames.NoteOwn()));
        return [.. before, .. question, .. _frames.Ask()];
    }
}
