using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Server;

/// <summary>Names for channels that there is not yet on the server.</summary>
/// <param name="tag">Added to each: tells the channels of this run from those that a running server has already.</param>
internal sealed class ChannelNames(string tag)
{
    private int _count;

    /// <summary>A name that was not given before.</summary>
    public string Next() => $"room-{Findings.Number(++_count)}{tag}";

    /// <summary>There is another server, which has no channels.</summary>
    public void Restart() => _count = 0;
}
