namespace ThreadedChat.ChatGrade.Running;

/// <summary>
/// Lets only so many builds run at a time: a compiler takes all that it gets of the processors, at a low priority, so more of them would only take longer, and
/// perhaps too long.
/// </summary>
internal sealed class BuildPlaces(int most)
{
    private readonly object _gate = new();

    // Guarded by the gate.
    private int _running;

    /// <summary>Builds, as soon as there is a place.</summary>
    public T Run<T>(Func<T> build)
    {
        lock (_gate)
        {
            while (_running >= most)
            {
                Monitor.Wait(_gate);
            }

            _running++;
        }

        try
        {
            return build();
        }
        finally
        {
            lock (_gate)
            {
                _running--;
                Monitor.Pulse(_gate);
            }
        }
    }
}
