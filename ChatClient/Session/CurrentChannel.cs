using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Session;

/// <summary>
/// The channel of the client, and the request for another one whose result is unknown. Tells <see cref="ChannelQuestions"/> about each
/// change. Has no lock: its owner has one.
/// </summary>
/// <param name="questions">What the client asks once it has joined a channel.</param>
/// <param name="commands">Which commands the server has: it learns which ones the user has sent.</param>
internal sealed class CurrentChannel(ChannelQuestions questions, ServerCommands commands)
{
    private readonly ChannelRequests _requests = new();
    private PendingMove? _move;
    private long _rejoinFence; // the number of that fence; 0 if there is none

    /// <summary>The channel that the client is in, as far as it can know; null for none.</summary>
    public string? Name => _requests.Channel;

    /// <summary>As <see cref="Name"/>, but while the result of a request is unknown, the channel before it.</summary>
    public string? Place => _move is { } move ? move.Before : Name;

    /// <summary>True while the result of a request is unknown: then lines must wait.</summary>
    public bool IsMoving => _move is not null;

    /// <summary>True if a fence is to be sent now, after which the client knows whether it is in the channel of the last connection.</summary>
    public bool IsRejoinDue { get; private set; }

    /// <summary>True while questions about the channel are wanted and cannot be asked yet.</summary>
    public bool DelaysQuestions => questions.AreWanted && (IsMoving || IsRejoinDue || _rejoinFence > 0);

    /// <summary>A connection has begun.</summary>
    /// <param name="channel">The channel of the last connection, which the client asks to create and to join; null for none.</param>
    /// <param name="lastFrame">The number of the last frame that was sent for this.</param>
    /// <param name="isFenceProven">True if the server has answered a fence before.</param>
    public void Connected(string? channel, long lastFrame, bool isFenceProven)
    {
        _requests.Begin(channel);
        if (channel is not null)
        {
            _requests.Rejoin(channel, lastFrame);
        }

        questions.Connected(channel);
        (IsRejoinDue, _rejoinFence) = (channel is not null && questions.AreWanted && isFenceProven, 0);
    }

    /// <summary>The fence that was due is frame number <paramref name="fence"/>.</summary>
    public void RejoinAsked(long fence) => (IsRejoinDue, _rejoinFence) = (false, fence);

    /// <summary>The client sends these frames of a message.</summary>
    public void Said(byte[] frames)
    {
        _requests.Said(frames.Length / Frame.Size);
        questions.Said(frames);
    }

    /// <summary>The client sends a command, as frame number <paramref name="frame"/>.</summary>
    public void Asked(ControlMessage message, long frame)
    {
        _requests.Asked(message, frame);
        commands.Tried(message, frame);
    }

    /// <summary>The client sends a request for a channel, as frame number <paramref name="frame"/>, and then a fence.</summary>
    public void AskedWithFence(ControlMessage message, long frame)
    {
        string? before = Name;
        Asked(message, frame);
        questions.Move();
        _move = new PendingMove(message.Word == ControlMessage.Leave ? null : message.Argument, before, frame + 1);
    }

    /// <summary>The client sends such a request without a fence: its result will stay unknown.</summary>
    public void AskedWithoutFence(ControlMessage message, long frame)
    {
        Asked(message, frame);
        questions.GiveUpQuestions();
    }

    /// <summary>
    /// The server has handled the frames up to this number, and all its answers to them were reported here. Returns the request whose result
    /// is known now; null for none.
    /// </summary>
    public PendingMove? Handled(long frame)
    {
        bool isRejected = _requests.Handled(frame);
        if (_rejoinFence == frame)
        {
            _rejoinFence = 0;
            questions.Arrive(Name);
        }

        if (_move is not { } move || move.Fence != frame)
        {
            return null;
        }

        _move = null;
        move.IsRejected = isRejected;
        TellResult(move);
        return move;
    }

    /// <summary>Notes an answer of the server. True if it answers a message or a request of the client.</summary>
    /// <param name="line">Any line that is neither a message nor a notice.</param>
    /// <param name="isHidden">True if the user need not know it.</param>
    public bool NoteReceived(string line, out bool isHidden)
    {
        if (!_requests.TryRemove(line))
        {
            return _requests.NoteReceived(line, out isHidden);
        }

        isHidden = false;
        if (_move is null)
        {
            questions.GiveUpQuestions();
        }
        else
        {
            _move.Before = null;
            _move.IsInDoubt |= _move.Channel is { } channel && ChannelRequests.IsRemoval(line, channel);
        }

        return true;
    }

    /// <summary>The server has answered something that the client does not know: perhaps it has rejected the last request.</summary>
    public void Doubt()
    {
        if (_move is not null)
        {
            _move.IsInDoubt = true;
        }
    }

    /// <summary>The result of the last request will not become known by a fence.</summary>
    public void GiveUpMove()
    {
        if (_move is not null)
        {
            questions.GiveUpQuestions();
            _move = null;
        }
    }

    /// <summary>The connection has ended.</summary>
    /// <param name="arrived">How many frames have arrived; null if unknown.</param>
    public void Lost(long? arrived)
    {
        if (arrived is { } frames)
        {
            _requests.Forget(frames);
        }

        _move = null;
    }

    private void TellResult(PendingMove move)
    {
        if (move.IsRejected)
        {
            questions.Stay();
            if (Name is null)
            {
                questions.GiveUpQuestions(); // its channel was removed meanwhile
            }
        }
        else if (move.IsInDoubt)
        {
            questions.GiveUpQuestions();
        }
        else
        {
            questions.Arrive(move.Channel);
        }
    }
}
