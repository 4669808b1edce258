namespace ThreadedChat.ChatServer.Cluster;

/// <summary>
/// Counts for how many of our own beats each other server has been silent. Both are counted when they are applied: while the
/// engine stands still no server counts as silent.
/// </summary>
internal sealed class SilenceCount(int limit)
{
    private readonly Dictionary<long, int> _beats = [];

    /// <summary>A server has added an entry that was applied.</summary>
    public void Heard(long incarnation) => _beats[incarnation] = 0;

    /// <summary>A server is not there any more.</summary>
    public void Forget(long incarnation) => _beats.Remove(incarnation);

    /// <summary>One of our own beats was applied. Returns the servers that have reached the limit, each at every further multiple of it again.</summary>
    public long[] Beat(IEnumerable<long> others)
    {
        var silent = new List<long>();
        foreach (long other in others)
        {
            int count = _beats.GetValueOrDefault(other) + 1;
            _beats[other] = count;
            if (count % limit == 0)
            {
                silent.Add(other);
            }
        }

        return [.. silent];
    }
}
