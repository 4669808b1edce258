namespace ThreadedChat.ChatClient.Decode;

/// <summary>One connection in a trace: a lane of the picture.</summary>
/// <param name="Id"><c>#2</c>, or <c>server</c> in the trace of a client.</param>
/// <param name="Address">Address and port.</param>
internal sealed record TracedPeer(string Id, string Address)
{
    /// <summary>The name of the client as the trace shows it; empty before the server has accepted one.</summary>
    public string Name { get; set; } = "";

    /// <summary>What this program has received from the peer.</summary>
    public TracedStream Received { get; } = new();

    /// <summary>What this program has sent to the peer.</summary>
    public TracedStream Sent { get; } = new();
}
