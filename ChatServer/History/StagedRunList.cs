using System.Runtime.InteropServices;

namespace ThreadedChat.ChatServer.History;

/// <summary>
/// The first rows of the staged runs of each channel, in memory, so that a reader does not look at the runs of the other channels. An index in the file would cost
/// the thread that writes more than the runs themselves.
/// </summary>
/// <remarks>
/// The list changes after each commit. A reader copies it before its snapshot begins: runs that it lacks are newer than all in it, and of
/// those that have got their rows meanwhile the older ones have theirs, too. So an answer has no hole, and all that was stored before it.
/// </remarks>
internal sealed class StagedRunList
{
    /// <summary>Guards <see cref="_channels"/> and its lists. A leaf.</summary>
    private readonly Lock _gate = new();

    private Dictionary<long, List<long>> _channels = [];

    /// <summary>Takes what a file has in place of what is in the list.</summary>
    /// <param name="runs">The runs, oldest first.</param>
    public void Replace(IEnumerable<(long First, long Channel)> runs)
    {
        var channels = runs.GroupBy(run => run.Channel, run => run.First).ToDictionary(channel => channel.Key, channel => channel.ToList());
        lock (_gate)
        {
            _channels = channels;
        }
    }

    /// <summary>Adds runs, which are later than those that are there.</summary>
    /// <param name="runs">The runs, oldest first.</param>
    public void Add(IReadOnlyList<(long First, long Channel)> runs)
    {
        lock (_gate)
        {
            foreach ((long first, long channel) in runs)
            {
                (CollectionsMarshal.GetValueRefOrAddDefault(_channels, channel, out _) ??= []).Add(first);
            }
        }
    }

    /// <summary>Removes the runs of a channel up to a row.</summary>
    public void Remove(long channel, long last)
    {
        lock (_gate)
        {
            if (!_channels.TryGetValue(channel, out List<long>? firsts))
            {
                return;
            }

            int found = firsts.BinarySearch(last);
            firsts.RemoveRange(0, found < 0 ? ~found : found + 1);
            if (firsts.Count == 0)
            {
                _channels.Remove(channel);
            }
        }
    }

    /// <summary>The last <paramref name="count"/> runs of a channel, oldest first.</summary>
    public long[] Newest(long channel, int count)
    {
        lock (_gate)
        {
            return _channels.TryGetValue(channel, out List<long>? firsts) ? [.. CollectionsMarshal.AsSpan(firsts)[Math.Max(0, firsts.Count - count)..]] : [];
        }
    }
}
