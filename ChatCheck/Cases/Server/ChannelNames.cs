using ThreadedChat.ChatCheck.Texts;

namespace ThreadedChat.ChatCheck.Cases.Server;

/// <summary>Names for channels that there is not yet on the server.</summary>
/// <param name="tag">Added to each: tells the channels of this run from those that a running server has already.</param>
internal sealed class ChannelNames(string tag)
{
    private int _count;

    /// <summary>A name that was not given before.</summary>
    public string Next() => $"room-{Findings.Number(++_count)}{tag}";
}
