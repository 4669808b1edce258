namespace ThreadedChat.ChatServer.History;

/// <summary>Which batches of the queue are written, which are indexed, and for which a search waits. Not thread-safe.</summary>
internal sealed class HistoryProgress
{
    /// <summary>The batches that are done and not indexed, each with its last row.</summary>
    private readonly Queue<(long Batch, long LastRow)> _unindexed = new();

    private long _done;
    private long _indexed = -1; // an earlier run may have left some
    private long _searchedTo = -1;

    /// <summary>How many batches were taken from the queue: this is the number of the last one.</summary>
    public long Taken { get; private set; }

    /// <summary>True if somebody searches, and waits for a batch that is not indexed.</summary>
    public bool IsSearchWaiting => _searchedTo > _indexed;

    /// <summary>A batch is taken from the queue.</summary>
    public void Take() => Taken++;

    /// <summary>The batch that was taken last is done with.</summary>
    /// <param name="lastRow">The last row that was written.</param>
    /// <param name="lastIndexed">All rows up to this one are indexed.</param>
    public void Done(long lastRow, long lastIndexed)
    {
        _done = Taken;
        _unindexed.Enqueue((Taken, lastRow));
        while (_unindexed.TryPeek(out (long Batch, long LastRow) next) && next.LastRow <= lastIndexed)
        {
            _indexed = next.Batch;
            _unindexed.Dequeue();
        }
    }

    /// <summary>A search waits until this batch is indexed.</summary>
    public void AwaitIndexed(long batch) => _searchedTo = Math.Max(_searchedTo, batch);

    /// <summary>True if this batch and all before it are done with, or indexed.</summary>
    public bool Has(long batch, bool isIndexed) => batch <= (isIndexed ? _indexed : _done);
}
