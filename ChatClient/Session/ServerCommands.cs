using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Session;

/// <summary>
/// Which commands the server has besides those of the assignment, as its answers show. Has no lock: its owner has one.
/// </summary>
internal sealed class ServerCommands
{
    private readonly HashSet<string> _rejected = [];
    private (string Word, long Frame)? _tried; // a command of the extended mode or of moderators that the user has sent

    /// <summary>True if the server is known to have the commands of the extended mode.</summary>
    public bool IsExtended { get; private set; }

    /// <summary>True if the server is known to let this user use the commands of moderators.</summary>
    public bool IsModerator { get; private set; }

    /// <summary>A new connection begins, perhaps to another server.</summary>
    public void Connected()
    {
        _rejected.Clear();
        _tried = null;
    }

    /// <summary>True if the server has rejected this command on this connection.</summary>
    public bool IsRejected(string word) => _rejected.Contains(word);

    /// <summary>The server does not know this command, which the client has sent by itself.</summary>
    public void Reject(string word)
    {
        _rejected.Add(word);
        IsExtended &= word != ControlMessage.Who;
    }

    /// <summary>The server has the extended mode.</summary>
    public void Learn() => IsExtended = true;

    /// <summary>The user has sent a command, as frame number <paramref name="frame"/>.</summary>
    public void Tried(ControlMessage message, long frame)
    {
        if (message.Word is ControlMessage.Who or ControlMessage.Msg or ControlMessage.Leave or ControlMessage.History || IsOfModerators(message.Word))
        {
            _tried = (message.Word, frame);
        }
    }

    /// <summary>Notes a line of the server that is neither a message nor a notice.</summary>
    public void NoteAnswer(string line)
    {
        if (_tried is { } tried && ChannelQuestion.IsRejection(line, tried.Word))
        {
            _tried = null;
            IsModerator &= !IsOfModerators(tried.Word) || line != ProtocolText.Fill(ProtocolText.InvalidControlMessage, tried.Word);
        }
    }

    /// <summary>
    /// The server has handled the first <paramref name="frames"/> frames, and its answers to them were all noted. True if it has accepted a
    /// command of the extended mode.
    /// </summary>
    public bool Handled(long frames)
    {
        if (_tried is not { } tried || tried.Frame > frames)
        {
            return false;
        }

        _tried = null; // it was not rejected
        IsModerator |= IsOfModerators(tried.Word);
        return !IsOfModerators(tried.Word);
    }

    private static bool IsOfModerators(string word) => ControlMessage.OfModerators.Contains(word);
}
