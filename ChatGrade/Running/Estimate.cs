namespace ThreadedChat.ChatGrade.Running;

/// <summary>How long the rest of a run takes: the same parts of two submissions take about as long as each other, a server and part 0 do not.</summary>
/// <param name="parts">The part of each check of the run.</param>
internal sealed class Estimate(IEnumerable<string> parts)
{
    private readonly Dictionary<string, int> _left = parts.GroupBy(part => part).ToDictionary(group => group.Key, group => group.Count());
    private readonly Dictionary<string, (int Count, TimeSpan Time)> _done = [];

    /// <summary>A check of this part is done, and has taken so long.</summary>
    public void Add(string part, TimeSpan took)
    {
        _left[part]--;
        (int count, TimeSpan time) = _done.GetValueOrDefault(part);
        _done[part] = (count + 1, time + took);
    }

    /// <summary>The time for the rest.</summary>
    /// <param name="spent">The time of the run until now: less than that of all checks together, because some run at the same time.</param>
    public TimeSpan Left(TimeSpan spent)
    {
        TimeSpan done = new(_done.Values.Sum(one => one.Time.Ticks));
        if (done == TimeSpan.Zero)
        {
            return TimeSpan.Zero;
        }

        TimeSpan usual = done / _done.Values.Sum(one => one.Count);
        TimeSpan left = new(_left.Sum(one => (Mean(one.Key) ?? usual).Ticks * one.Value));
        return spent * (left / done);
    }

    private TimeSpan? Mean(string part) => _done.TryGetValue(part, out (int Count, TimeSpan Time) one) ? one.Time / one.Count : null;
}
