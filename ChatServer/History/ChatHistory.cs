using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Commands;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.Common;
using ThreadedChat.Common.Unicode;

namespace ThreadedChat.ChatServer.History;

/// <summary>The messages of the channels in a file. Consists of the queue, the thread that writes, and the connections that read.</summary>
internal sealed class ChatHistory : IRecorder, IHistory, IDisposable
{
    /// <summary>Bytes of frames that may wait for the disk; half of them are kept for channels that hold little (<see cref="HistoryRoom"/>).</summary>
    private const int MaxQueuedBytes = 16 * 1024 * 1024;

    /// <summary>How long an answer waits for the latest messages to be written.</summary>
    private static readonly TimeSpan WriteLimit = TimeSpan.FromSeconds(1);

    /// <summary>How long a search waits until the latest messages are indexed.</summary>
    private static readonly TimeSpan IndexLimit = TimeSpan.FromSeconds(2);

    /// <summary>How long a client waits for its turn to read, behind others that ask.</summary>
    private static readonly TimeSpan TurnLimit = TimeSpan.FromSeconds(5);

    private readonly HistorySettings _settings;
    private readonly TimeProvider _time;
    private readonly IDisposable _lock;
    private readonly HistoryQueue _queue;
    private readonly HistoryThread _thread;
    private readonly HistoryReaders _readers;
    private readonly StagedRunList _staged = new();
    private readonly Dictionary<string, ChannelRecord> _stored = new(StringComparer.Ordinal);
    private IHistoryStore? _store;
    private ILogger? _log;
    private long _lastChannel;

    /// <summary>Opens the file, or makes it.</summary>
    /// <param name="settings">Which file, and how much is kept.</param>
    /// <param name="time">The clock; its time zone is that of the answers.</param>
    /// <param name="openStore">Opens the store, which fills the list; null opens the file itself.</param>
    /// <param name="maxQueuedBytes">Bytes of frames that may wait for the disk.</param>
    /// <exception cref="HistoryException">The file cannot be used.</exception>
    public ChatHistory(
        HistorySettings settings, TimeProvider? time = null, Func<StagedRunList, IHistoryStore>? openStore = null, int maxQueuedBytes = MaxQueuedBytes)
    {
        _settings = settings;
        _time = time ?? TimeProvider.System;
        IHistoryStore OpenStore() => openStore is null ? new HistoryStore(settings, _staged) : openStore(_staged);
        _readers = new HistoryReaders(settings.File, _time);
        _lock = HistoryDatabase.Lock(settings.File);
        try
        {
            _store = OpenStore();
            HistoryDatabase.Protect(settings.File);
            long lastRow;
            RecordPlace? place;
            using (SqliteConnection connection = HistoryDatabase.OpenForReading(settings.File))
            {
                place = HistoryPlace.Read(connection);
            }

            _queue = new HistoryQueue(maxQueuedBytes, _time, place);
            using (SqliteConnection connection = HistoryDatabase.OpenForReading(settings.File))
            {
                lastRow = Math.Max(HistoryDatabase.Number(connection, "SELECT max(id) FROM message"), StagedQueries.LastRow(connection));
                _lastChannel = Math.Max(
                    HistoryDatabase.Number(connection, "SELECT max(id) FROM channel"), HistoryDatabase.Number(connection, "SELECT max(channel) FROM message"));
                foreach ((long id, string name) in HistoryQueries.OpenChannels(connection).Where(channel => StoredText.IsChannelName(channel.Name)))
                {
                    _stored.TryAdd(Normalization.ToNfc(name), new ChannelRecord(id, name, _queue));
                }
            }

            _thread = new HistoryThread(_queue, OpenStore, lastRow + 1, _time);
        }
        catch (Exception e) when (e is SqliteException or HistoryException or IOException or UnauthorizedAccessException)
        {
            _store?.Dispose();
            _lock.Dispose();
            throw e as HistoryException ?? new HistoryException($"Cannot open the history '{settings.File}': {HistoryDatabase.Explain(e)}.");
        }

        Channels = [.. _stored.Values.Select(record => record.Name)];
    }

    /// <summary>The channels that were there when the server that wrote the file ended.</summary>
    public IReadOnlyList<string> Channels { get; }

    /// <summary>What it counts, at about this moment.</summary>
    public HistoryFigures Figures
    {
        get
        {
            (int bytes, long missed) = _queue.Counts;
            (long written, long failures) = _thread.Counts;
            return new HistoryFigures(bytes / Frame.Size, bytes, written, missed, failures, _thread.Writing);
        }
    }

    /// <summary>Starts the thread that writes.</summary>
    public void Start(ILogger log, Faults faults)
    {
        _log = log;
        log.HistoryOpened(_settings.File, Channels.Count);
        _thread.Start(_store!, log, faults);
        _store = null;
    }

    /// <inheritdoc/>
    public IChannelRecord Open(string channel)
    {
        // The channel table holds its lock, so one thread at a time is here.
        if (_stored.Remove(Normalization.ToNfc(channel), out ChannelRecord? stored))
        {
            return stored;
        }

        var record = new ChannelRecord(++_lastChannel, channel, _queue);
        _queue.Change(record, isClosed: false);
        return record;
    }

    /// <inheritdoc/>
    public RecordPlace? Place => _queue.Place;

    /// <inheritdoc/>
    public void Note(RecordPlace place) => _queue.Note(place);

    /// <inheritdoc/>
    public IReadOnlyList<HistoryLine>? Last(Participant asker, IChannelRecord channel, int count) =>
        Read(asker, channel, (connection, id) => HistoryQueries.Last(connection, _staged, id, count));

    /// <inheritdoc/>
    public IReadOnlyList<HistoryLine>? Find(Participant asker, IChannelRecord channel, IReadOnlyList<string> words, int count) =>
        Read(asker, channel, (connection, id) => HistoryQueries.Find(connection, id, words, count), isSearch: true);

    /// <summary>Writes everything, for at most <paramref name="limit"/>, and ends the thread.</summary>
    public void End(TimeSpan limit)
    {
        if (_store is null)
        {
            _thread.End(limit);
        }
    }

    /// <summary>Frees the file. To be called after <see cref="End"/>.</summary>
    public void Dispose()
    {
        _thread.Dispose();
        _readers.Dispose();
        _store?.Dispose();
        _lock.Dispose();
    }

    private HistoryLine[]? Read(Participant asker, IChannelRecord channel, Func<SqliteConnection, long, List<StoredMessage>> query, bool isSearch = false)
    {
        asker.Outbox.EndWork();
        try
        {
            var record = (ChannelRecord)channel;
            bool isDone = _queue.WaitUntilDone(record, isSearch ? IndexLimit : WriteLimit, isSearch); // the latest messages belong to the answer
            return (isDone || !isSearch) && _readers.TryRead(asker, isSearch, TurnLimit, connection => query(connection, record.Id), out List<StoredMessage>? found)
                ? [.. found!.Select(Show)]
                : null;
        }
        catch (Exception e) when (e is SqliteException or HistoryException or InvalidOperationException or InvalidCastException) // also a row of a broken file
        {
            _log?.HistoryNotRead(HistoryDatabase.Explain(e));
            return null;
        }
    }

    private HistoryLine Show(StoredMessage message)
    {
        string time = message.Time(_time.LocalTimeZone, "yyyy-MM-dd HH:mm");
        return message.Missing > 0
            ? new HistoryLine($"{time} ", message.GapText)
            : new HistoryLine($"{time} [{StoredText.Name(message.Name)}] ", StoredText.Message(message.Text));
    }
}
