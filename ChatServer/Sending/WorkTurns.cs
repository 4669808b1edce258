namespace ThreadedChat.ChatServer.Sending;

/// <summary>
/// The line of the clients that cause much work for themselves alone. Only the first few work, for a short time each, if others wait. So
/// hundreds of threads that are always busy do not keep the processors from the writer and from the clients that talk to each other.
/// </summary>
/// <param name="places">How many may work at the same time.</param>
/// <param name="time">The clock for the length of a turn.</param>
internal sealed class WorkTurns(int places, TimeProvider time)
{
    /// <summary>The length of a turn, if others wait: some hundreds of short commands.</summary>
    internal static readonly TimeSpan Length = TimeSpan.FromMilliseconds(1);

    /// <summary>Guards <see cref="_line"/>. A leaf: no other lock is taken under it.</summary>
    private readonly Lock _gate = new();

    /// <summary>The clients that work, and after them those that wait, first come first served.</summary>
    private readonly List<IWorker> _line = [];

    private volatile bool _isContested; // written under the gate, read without

    /// <summary>Half of the processors: the others are for the writer and for all other clients.</summary>
    public static WorkTurns OfThisMachine() => new(Math.Max(1, Environment.ProcessorCount / 2), TimeProvider.System);

    /// <summary>The time, for <see cref="IsOver"/>.</summary>
    public long Now => time.GetTimestamp();

    /// <summary>Adds a client at the end. True if it may work; otherwise <see cref="IWorker.GrantWork"/> will be called.</summary>
    public bool Join(IWorker client)
    {
        lock (_gate)
        {
            _line.Add(client);
            _isContested = _line.Count > places;
            return !_isContested;
        }
    }

    /// <summary>Removes a client, if it is there. If it worked, the next one does.</summary>
    public void Leave(IWorker client)
    {
        IWorker? next = null;
        lock (_gate)
        {
            int index = _line.IndexOf(client);
            if (index < 0)
            {
                return;
            }

            _line.RemoveAt(index);
            _isContested = _line.Count > places;
            if (index < places && _line.Count >= places)
            {
                next = _line[places - 1];
            }
        }

        next?.GrantWork();
    }

    /// <summary>True if others wait and the turn that began at <paramref name="start"/> has been long enough.</summary>
    public bool IsOver(long start) => _isContested && time.GetElapsedTime(start) >= Length;
}
