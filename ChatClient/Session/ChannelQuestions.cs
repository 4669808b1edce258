using System.Globalization;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Session;

/// <summary>
/// What the client asks by itself about a channel that it has joined: the last messages, if the user wants them, and the members, if the
/// user wants the messages or the server is known to have the extended mode. Each question stands between two fences. The
/// frames between the answers to these two belong to the question, and the user does not see them. Has no lock: its owner has one.
/// </summary>
/// <param name="commands">Which commands the server has.</param>
/// <param name="ownName">The user's name.</param>
/// <param name="backlog">How many messages to ask for; 0 for none.</param>
internal sealed class ChannelQuestions(ServerCommands commands, string ownName, int backlog)
{
    /// <summary>The most channels whose messages are remembered.</summary>
    public const int MaxChannels = 16;

    private readonly Queue<string> _due = []; // the words of the commands
    private readonly Dictionary<string, ShownMessages> _shown = [];
    private readonly List<string> _between = []; // messages since the client has asked for a channel
    private string? _channel; // the one that the client is in
    private string? _previous; // the one that it was in before
    private bool _isMoving; // the client has asked for a channel and has no answer yet
    private bool _hasAskedNames; // since it is there
    private ChannelQuestion? _open;

    /// <summary>True if the client asks anything once it has joined a channel.</summary>
    public bool AreWanted => IsWanted(ControlMessage.History) || IsWanted(ControlMessage.Who);

    /// <summary>True if a question is to be sent now.</summary>
    public bool AreDue => _open is null && _due.Count > 0;

    /// <summary>True while a question is due or has no answer.</summary>
    public bool AreUnderway => _open is not null || _due.Count > 0;

    /// <summary>A new connection begins, on which the client asks for this channel; null for none.</summary>
    public void Connected(string? channel)
    {
        _due.Clear();
        commands.Connected();
        (_open, _isMoving) = (null, false);
        _channel = channel;
        if (channel is not null)
        {
            ShownIn(channel).Join();
        }
    }

    /// <summary>The client has asked for another channel, or to leave its channel.</summary>
    public void Move()
    {
        _isMoving = true;
        _between.Clear();
    }

    /// <summary>The client is in this channel now, after a move or on a new connection; null for none. Then the questions about it are due.</summary>
    public void Arrive(string? channel)
    {
        _due.Clear();
        if (_isMoving)
        {
            if (channel is null || channel == _channel)
            {
                Stay(); // what was received meanwhile is of the only channel
            }

            if (channel is not null)
            {
                ShownIn(channel).Join(_between);
            }
        }

        _between.Clear();
        (_isMoving, _hasAskedNames, _previous, _channel) = (false, false, _channel, channel);
        if (channel is not null)
        {
            foreach (string word in new[] { ControlMessage.History, ControlMessage.Who }.Where(IsWanted))
            {
                _due.Enqueue(word);
            }
        }
    }

    /// <summary>The server has rejected the move: the client is where it was.</summary>
    public void Stay()
    {
        _isMoving = false;
        _between.ForEach(Note);
        _between.Clear();
    }

    /// <summary>It is unknown in which channel the client is. Then received messages belong to no channel, and the client asks nothing.</summary>
    public void GiveUpQuestions()
    {
        _due.Clear();
        _between.Clear();
        (_isMoving, _channel) = (false, null);
    }

    /// <summary>The next question, as frame number <paramref name="frame"/>, between two fences.</summary>
    /// <returns>The command to send.</returns>
    public string Ask(long frame)
    {
        string word = _due.Dequeue();
        _open = new ChannelQuestion(word, _channel, frame);
        _hasAskedNames |= word == ControlMessage.Who;
        return word == ControlMessage.History ? string.Create(CultureInfo.InvariantCulture, $"{word} {backlog}") : word;
    }

    /// <summary>The user has sent these frames of messages to the channel.</summary>
    public void Said(ReadOnlySpan<byte> frames)
    {
        foreach (ReceivedText text in ReceivedText.DecodeAll(frames))
        {
            Note($"[{ownName}] {text.Text}");
        }
    }

    /// <summary>Notes a text from the server. True if it belongs to the answer to a question of this client.</summary>
    public bool NoteReceived(ReceivedText text)
    {
        if (_open is { IsInside: true } open && open.TryTake(text))
        {
            return true;
        }

        ReceivedLine line = text.Lines[0];
        if (text.Lines.Count > 1 || line.Kind is ReceivedKind.Joined or ReceivedKind.Left)
        {
            return false;
        }

        if (line.Kind is ReceivedKind.Private or ReceivedKind.Past)
        {
            Learn();
        }
        else if (line.Kind == ReceivedKind.Message)
        {
            Note(line.Whole);
        }
        else
        {
            commands.NoteAnswer(line.Whole);
        }

        return false;
    }

    /// <summary>
    /// The server has handled the first <paramref name="frames"/> frames, and its answers to them were all told. Returns the question that
    /// has its answer now; null for none.
    /// </summary>
    public ChannelQuestion? Handled(long frames)
    {
        if (commands.Handled(frames))
        {
            Learn();
        }

        if (_open is not { } open || frames < open.Frame - 1)
        {
            return null;
        }

        open.IsInside = frames < open.Frame + 1;
        if (open.IsInside)
        {
            return null;
        }

        _open = null;
        if (open.IsRejected)
        {
            commands.Reject(open.Word);
        }
        else if (open.HasAnswer)
        {
            Learn();
        }

        return open;
    }

    /// <summary>The lines of an answer to <c>/history</c> that are to be shown.</summary>
    public IReadOnlyList<ReceivedText> Unseen(ChannelQuestion answered)
    {
        if (answered.Word != ControlMessage.History || answered.Channel is not { } channel || channel != _channel || _isMoving)
        {
            return [];
        }

        IReadOnlyList<ReceivedText> unseen = ShownIn(channel).TakeUnseen(answered.Texts, out IReadOnlyList<string> foreign);
        if (_previous is { } previous && previous != channel)
        {
            foreach (string line in foreign)
            {
                ShownIn(previous).Add(line);
            }
        }

        return unseen;
    }

    private bool IsWanted(string word) => !commands.IsRejected(word) && (backlog > 0 || (commands.IsExtended && word == ControlMessage.Who));

    /// <summary>The server has the extended mode. If that is new, the client asks for the members of its channel.</summary>
    private void Learn()
    {
        if (!commands.IsExtended && _channel is not null && !_isMoving && !_hasAskedNames && !_due.Contains(ControlMessage.Who))
        {
            _due.Enqueue(ControlMessage.Who);
        }

        commands.Learn();
    }

    private void Note(string line)
    {
        if (!_isMoving)
        {
            if (_channel is not null && backlog > 0)
            {
                ShownIn(_channel).Add(line);
            }
        }
        else if (_between.Count < ShownMessages.Max)
        {
            _between.Add(line); // of the one channel or of the other
        }
    }

    private ShownMessages ShownIn(string channel)
    {
        if (!_shown.TryGetValue(channel, out ShownMessages? shown))
        {
            if (_shown.Count >= MaxChannels)
            {
                _shown.Remove(_shown.Keys.First(key => key != _channel));
            }

            _shown[channel] = shown = new ShownMessages(ownName);
        }

        return shown;
    }
}
