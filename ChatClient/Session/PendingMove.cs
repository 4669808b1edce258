namespace ThreadedChat.ChatClient.Session;

/// <summary>A <c>/join c</c>, <c>/create c</c> or <c>/leave</c> whose result is unknown.</summary>
/// <param name="channel">The channel that the client has asked for; null for none.</param>
/// <param name="before">The channel that the client was in when it asked; null for none.</param>
/// <param name="frame">The number of the fence after the request.</param>
internal sealed class PendingMove(string? channel, string? before, long frame)
{
    public string? Channel => channel;

    public string? Before => before;

    public long Frame => frame;

    /// <summary>The server has answered something that the client does not know: perhaps a refusal.</summary>
    public bool IsInDoubt { get; set; }

    /// <summary>The text for the user if the server has not refused it.</summary>
    public string? News =>
        IsInDoubt ? null
        : channel is not null ? $"-- now in {channel} --"
        : before is not null ? $"-- left {before} --"
        : null;
}
