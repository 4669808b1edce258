namespace ThreadedChat.ChatServer.Live;

/// <summary>
/// What the live page may show of what people wrote. Without <c>--trace</c>, nothing: clients and channels have numbers, except the
/// channels that the operator named. With it everything, since the operator sees it in the trace anyway.
/// </summary>
/// <param name="areShown">True with <c>--trace</c>.</param>
/// <param name="channelsOfOperator">The names of <c>--channel</c>.</param>
internal sealed class ShownTexts(bool areShown, IEnumerable<string> channelsOfOperator)
{
    private readonly HashSet<string> _channels = [.. channelsOfOperator];

    /// <summary>True if all texts are shown.</summary>
    public bool AreShown => areShown;

    /// <summary>The name of a client, or null.</summary>
    public string? OfClient(string? name) => areShown ? name : null;

    /// <summary>The name of a channel, or null.</summary>
    public string? OfChannel(string name) => areShown || _channels.Contains(name) ? name : null;
}
