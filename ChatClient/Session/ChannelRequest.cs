using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Session;

/// <summary>A <c>/create</c>, <c>/join</c> or <c>/leave</c> that the client has sent; the last one has no channel.</summary>
/// <param name="Creates">True for <c>/create</c>.</param>
/// <param name="Channel">The channel that it asks for.</param>
/// <param name="Frame">The number of its frame.</param>
/// <param name="SaidBefore">How many frames of messages the client has sent before it.</param>
/// <param name="IsRejoin">True if the client has sent it by itself, on a new connection.</param>
internal sealed record ChannelRequest(bool Creates, string? Channel, long Frame, long SaidBefore, bool IsRejoin)
{
    /// <summary>The answer of a server that does not know <c>/leave</c>.</summary>
    public static readonly string LeaveRejection = ProtocolText.Fill(ProtocolText.InvalidControlMessage, ControlMessage.Leave);

    /// <summary>True if the channel that it led to was removed since.</summary>
    public bool IsRemoved { get; init; }

    /// <summary>The answer of the server if the request fails.</summary>
    public string Rejection { get; } = Channel is null ? LeaveRejection : ProtocolText.Fill(Creates ? ProtocolText.ChannelExists : ProtocolText.NoChannelExists, Channel);
}
