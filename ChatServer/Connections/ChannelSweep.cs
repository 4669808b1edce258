using ThreadedChat.ChatServer.Channels;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>Removes channels that have been empty for the time of <c>--channel-ttl</c>. The deadline sweeper calls it; without that option it does nothing.</summary>
internal sealed class ChannelSweep(ChannelTable channels, TimeSpan? limit, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly long _start = time.GetTimestamp();
    private TimeSpan _next;

    /// <summary>Looks at all channels, at most once a second.</summary>
    public void Round()
    {
        TimeSpan now = time.GetElapsedTime(_start);
        if (limit is TimeSpan empty && now >= _next)
        {
            _next = now + Interval;
            channels.RemoveEmpty(now.Ticks, empty.Ticks);
        }
    }
}
