using System.Globalization;
using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Server;

/// <summary>Names for channels that there is not yet on the server.</summary>
/// <param name="tag">Added to each name, so that the channels of this run differ from those of a running server.</param>
internal sealed class ChannelNames(string tag)
{
    private int _count;

    /// <summary>
    /// A server that runs already may still have the channels of an earlier run, perhaps one that began in the same second.
    /// The time of day in milliseconds makes the names different.
    /// </summary>
    public static ChannelNames For(ProgramTarget target) =>
        new(target.Source is null ? $"-{((int)DateTime.UtcNow.TimeOfDay.TotalMilliseconds).ToString("x", CultureInfo.InvariantCulture)}" : "");

    /// <summary>A name that was not given before.</summary>
    public string Next() => $"room-{Findings.Number(++_count)}{tag}";

    /// <summary>The names for a server beside this one.</summary>
    public ChannelNames Another() => new(tag);

    /// <summary>There is another server, which has no channels.</summary>
    public void Restart() => _count = 0;
}
