namespace ThreadedChat.ChatClient.Connection;

/// <summary>Decides whether the client asks a server again that has rejected it. For one thread.</summary>
internal sealed class RetryRule(TimeProvider time)
{
    /// <summary>
    /// How long a server may take to notice that the last connection is dead; our server, with default options, takes at most 90
    /// seconds. Until then this client's own name is in use.
    /// </summary>
    public static readonly TimeSpan OldConnection = TimeSpan.FromMinutes(2);

    private bool _wasAccepted;
    private long? _inUseSince;

    /// <summary>The server has accepted the client.</summary>
    public void LetIn()
    {
        _wasAccepted = true;
        _inUseSince = null;
    }

    /// <summary>True if the server would reject each further attempt too.</summary>
    public bool IsForGood(ServerRejection rejection)
    {
        switch (rejection)
        {
            case ServerRejection.NameRefused:
                return true;
            case ServerRejection.NameInUse when _wasAccepted:
                _inUseSince ??= time.GetTimestamp();
                return time.GetElapsedTime(_inUseSince.Value) >= OldConnection;
            case ServerRejection.NameInUse:
                return true;
            default:
                return false;
        }
    }
}
