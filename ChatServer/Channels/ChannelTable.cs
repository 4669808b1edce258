namespace ThreadedChat.ChatServer.Channels;

/// <summary>What came of the attempt to create a channel.</summary>
internal enum CreateResult
{
    /// <summary>The channel is there, its creator in it.</summary>
    Created,

    /// <summary>There is a channel of that name already.</summary>
    Exists,

    /// <summary>The table holds as many channels as it may.</summary>
    Full,
}

/// <summary>All channels by name. A channel, once created, stays.</summary>
internal sealed class ChannelTable(int maxChannels) : IDisposable
{
    /// <summary>
    /// Guards <see cref="_channels"/>, and nothing else: it is held to look up, to list and to add, and no other lock is
    /// taken under it. Many readers at once; a writer alone.
    /// </summary>
    private readonly ReaderWriterLockSlim _lock = new(LockRecursionPolicy.NoRecursion);

    private readonly SortedDictionary<string, Channel> _channels = new(StringComparer.Ordinal);

    private volatile int _count; // of what is in the table; written under the lock, read without

    /// <summary>How many there are.</summary>
    public int Count => _count;

    /// <summary>The channel of that name, or null.</summary>
    public Channel? Find(string name)
    {
        _lock.EnterReadLock();
        try
        {
            return _channels.GetValueOrDefault(name);
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    /// <summary>All names, in ordinal order, as they are at this moment.</summary>
    public string[] Names()
    {
        _lock.EnterReadLock();
        try
        {
            return [.. _channels.Keys];
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    /// <summary>Adds a channel with <paramref name="creator"/> as its first member, in one step: nobody finds it without.</summary>
    public CreateResult TryCreate(string name, Participant creator, out Channel? created)
    {
        created = null;
        _lock.EnterWriteLock();
        try
        {
            if (_channels.ContainsKey(name))
            {
                return CreateResult.Exists;
            }

            if (_channels.Count >= maxChannels)
            {
                return CreateResult.Full;
            }

            created = new Channel(creator);
            _channels.Add(name, created);
            _count = _channels.Count;
            return CreateResult.Created;
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    /// <summary>Frees the lock. Nobody may use the table any more.</summary>
    public void Dispose() => _lock.Dispose();
}
