namespace ThreadedChat.ChatClient.Session;

/// <summary>A <c>/join c</c>, <c>/create c</c> or <c>/leave</c>, until a fence shows its result.</summary>
/// <param name="channel">The channel that the client has asked for; null for none.</param>
/// <param name="before">The channel that the client was in when it asked; null for none.</param>
/// <param name="fence">The number of the fence after the request.</param>
internal sealed class PendingMove(string? channel, string? before, long fence)
{
    public string? Channel => channel;

    /// <summary>Null also once that channel was removed.</summary>
    public string? Before { get; set; } = before;

    public long Fence => fence;

    /// <summary>The server has answered something that the client does not know: perhaps a rejection.</summary>
    public bool IsInDoubt { get; set; }

    /// <summary>The server has rejected the request.</summary>
    public bool IsRejected { get; set; }

    /// <summary>The text for the user about the result; null for none.</summary>
    public string? News =>
        IsRejected || IsInDoubt ? null
        : channel is not null ? $"-- now in {channel} --"
        : Before is not null ? $"-- left {Before} --"
        : null;
}
