using System.Diagnostics;
using ThreadedChat.Common.Unicode;

namespace ThreadedChat.ChatServer.Channels;

/// <summary>
/// All channels by name. Names are compared in NFC and shown as their creator typed them. A channel stays once it was created,
/// unless the server removes those that have been empty for long.
/// </summary>
/// <param name="maxChannels">How many channels there may be.</param>
/// <param name="permanent">The names of channels that exist from the start and are never removed.</param>
/// <param name="mayCreate">False if clients may not create channels.</param>
/// <param name="recorder">Keeps the messages of the channels; null: they are not kept.</param>
/// <param name="restored">The names of channels that exist from the start, since they existed before; they are removed as any other.</param>
/// <param name="makeChannel">Makes a channel with its creator in it; tests have one that fails.</param>
internal sealed class ChannelTable(
    int maxChannels,
    IReadOnlyList<string>? permanent = null,
    bool mayCreate = true,
    IRecorder? recorder = null,
    IReadOnlyList<string>? restored = null,
    Func<string, Participant, Channel>? makeChannel = null) : IChannelView, IDisposable
{
    /// <summary>
    /// Guards <see cref="_channels"/> and <see cref="_shares"/>, and nothing else: it is held to look up, to list, to add and to
    /// remove. Under it only the lock of the recorder is taken, which is a leaf. Many readers at once; a writer alone.
    /// </summary>
    private readonly ReaderWriterLockSlim _lock = new(LockRecursionPolicy.NoRecursion);

    private readonly IRecorder _recorder = recorder ?? NoRecord.Instance;
    private readonly Dictionary<string, Entry> _channels = FirstChannelsByKey(permanent ?? [], restored ?? [], recorder ?? NoRecord.Instance);
    private readonly ChannelShares _shares = new(maxChannels);

    private volatile int _version; // of the names in the table; written under the lock, read without

    /// <summary>Changes with every channel that is added or removed.</summary>
    public int Version => _version;

    /// <summary>How many channels there are.</summary>
    public int Count
    {
        get
        {
            using (Read())
            {
                return _channels.Count;
            }
        }
    }

    /// <summary>All channels, in no order.</summary>
    public Channel[] All()
    {
        using (Read())
        {
            return [.. _channels.Values.Select(entry => entry.Channel)];
        }
    }

    /// <summary>The channel of that name, or null.</summary>
    public Channel? Find(string name) => EntryOf(Normalization.ToNfc(name))?.Channel;

    /// <summary>All names, in ordinal order, as they are at this moment, which is that of <paramref name="version"/>.</summary>
    public string[] Names(out int version)
    {
        string[] names;
        using (Read())
        {
            names = [.. _channels.Values.Select(entry => entry.Channel.Name)];
            version = _version;
        }

        Array.Sort(names, StringComparer.Ordinal);
        return names;
    }

    /// <summary>Adds a channel with <paramref name="creator"/> as its first member, in one step: no other client finds it without a member.</summary>
    public CreateResult TryCreate(string name, Participant creator, out Channel? created)
    {
        created = null;
        string key = Normalization.ToNfc(name);
        _lock.EnterWriteLock();
        try
        {
            if (_channels.TryGetValue(key, out Entry? existing))
            {
                if (!existing.Channel.IsClosed)
                {
                    return CreateResult.Exists;
                }

                Remove_NeedsLock(key, existing);
            }

            if (!mayCreate || !_shares.Allows(creator.Founder, _channels.Count))
            {
                return CreateResult.Full;
            }

            // Every step that needs memory comes before the first change, or changes nothing if it fails.
            Channel channel = makeChannel is null ? new Channel(name, creator, _recorder.Open(name)) : makeChannel(name, creator);
            var entry = new Entry(channel, creator.Founder);
            _channels.EnsureCapacity(_channels.Count + 1);
            _shares.Add(creator.Founder);
            _channels.Add(key, entry);
            _version++;
            created = entry.Channel;
            return CreateResult.Created;
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    /// <summary>
    /// Removes the channels that have been empty for <paramref name="limit"/> when it is <paramref name="now"/>, both in the same
    /// unit; a channel counts as empty from the first such call that finds no member in it. Only one thread at a time may call.
    /// </summary>
    public void RemoveEmpty(long now, long limit)
    {
        KeyValuePair<string, Entry>[] all;
        using (Read())
        {
            all = [.. _channels];
        }

        // They are closed before they are removed, so that no client can enter. Not under the table's lock, since closing takes their gates.
        KeyValuePair<string, Entry>[] closed =
            [.. all.Where(pair => pair.Value.Founder is not null && pair.Value.Channel.TryClose(now, limit))];
        foreach ((string key, Entry entry) in closed)
        {
            RemoveClosed(key, entry);
        }
    }

    /// <summary>Removes a channel even if it has members. These get <paramref name="notice"/>.</summary>
    public RemoveResult Remove(string name, ReadOnlyMemory<byte> notice, out int members)
    {
        members = 0;
        string key = Normalization.ToNfc(name);
        Entry? entry = EntryOf(key);
        if (entry is null or { Founder: null })
        {
            return entry is null ? RemoveResult.Unknown : RemoveResult.Fixed;
        }

        // Closed first, as in RemoveEmpty.
        if (!entry.Channel.TryCloseWithNotice(notice, out members))
        {
            return RemoveResult.Unknown;
        }

        RemoveClosed(key, entry);
        return RemoveResult.Removed;
    }

    /// <summary>Frees the lock. The table must not be used after that.</summary>
    public void Dispose() => _lock.Dispose();

    private Entry? EntryOf(string key)
    {
        using (Read())
        {
            return _channels.GetValueOrDefault(key);
        }
    }

    /// <summary>Removes a channel that was closed, unless another one has its name by now.</summary>
    private void RemoveClosed(string key, Entry entry)
    {
        _lock.EnterWriteLock();
        try
        {
            if (_channels.GetValueOrDefault(key) == entry)
            {
                Remove_NeedsLock(key, entry);
            }
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    private void Remove_NeedsLock(string key, Entry entry)
    {
        Debug.Assert(_lock.IsWriteLockHeld, "The table changes under its lock.");
        _channels.Remove(key);
        _version++;
        entry.Channel.Record.Close();
        if (entry.Founder is not null)
        {
            _shares.Remove(entry.Founder);
        }
    }

    private static Dictionary<string, Entry> FirstChannelsByKey(
        IReadOnlyList<string> permanent, IReadOnlyList<string> restored, IRecorder recorder)
    {
        var channels = new Dictionary<string, Entry>(StringComparer.Ordinal);
        foreach (string name in permanent)
        {
            Add(name, () => null);
        }

        foreach (string name in restored)
        {
            Add(name, () => new Founder(address: null) { Channels = 1 });
        }

        return channels;

        void Add(string name, Func<Founder?> founder)
        {
            string key = Normalization.ToNfc(name);
            if (!channels.ContainsKey(key))
            {
                channels.Add(key, new Entry(new Channel(name, recorder.Open(name)), founder()));
            }
        }
    }

    /// <summary>Takes the lock for reading, up to the end of the <c>using</c> statement. Allocates nothing.</summary>
    private ReadScope Read()
    {
        _lock.EnterReadLock();
        return new ReadScope(_lock);
    }

    private readonly ref struct ReadScope(ReaderWriterLockSlim taken)
    {
        public void Dispose() => taken.ExitReadLock();
    }

    /// <summary>A channel without a founder stays.</summary>
    private sealed record Entry(Channel Channel, Founder? Founder);
}
