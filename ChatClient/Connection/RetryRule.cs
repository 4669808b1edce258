namespace ThreadedChat.ChatClient.Connection;

/// <summary>Decides whether a server that refused us is to be asked again. One thread.</summary>
internal sealed class RetryRule(TimeProvider time)
{
    /// <summary>
    /// How long the server may take to notice that our last connection is dead. Ours takes 90 seconds at most, with its
    /// standard options, and until then the name is in use: by us.
    /// </summary>
    public static readonly TimeSpan OldConnection = TimeSpan.FromMinutes(2);

    private bool _wasIn;
    private long? _inUseSince;

    /// <summary>The server has let us in.</summary>
    public void LetIn()
    {
        _wasIn = true;
        _inUseSince = null;
    }

    /// <summary>The server has refused us: true if it would do so for ever.</summary>
    public bool IsForGood(Refusal refusal)
    {
        switch (refusal)
        {
            case Refusal.NameRefused:
                return true;
            case Refusal.NameInUse when _wasIn:
                _inUseSince ??= time.GetTimestamp();
                return time.GetElapsedTime(_inUseSince.Value) >= OldConnection;
            case Refusal.NameInUse:
                return true;
            default:
                return false;
        }
    }
}
