using Microsoft.Data.Sqlite;
using ThreadedChat.ChatServer.History;

namespace ThreadedChat.ChatServer.Tests.Doubles;

/// <summary>A history file on a disk whose faults the test controls.</summary>
/// <param name="store">The file.</param>
/// <param name="before">Called before each batch is written; may throw or block.</param>
/// <param name="after">Called after each batch is written.</param>
internal sealed class FaultyStore(IHistoryStore store, Action<HistoryBatch> before, Action<HistoryBatch>? after = null) : IHistoryStore
{
    public static SqliteException DiskIsFull => new("database or disk is full", 13);

    public void Write(HistoryBatch batch)
    {
        before(batch);
        store.Write(batch);
        after?.Invoke(batch);
    }

    public bool Index(bool isBusy) => store.Index(isBusy);

    public long LastIndexed => store.LastIndexed;

    public bool Prune(long now) => store.Prune(now);

    public bool IsBehind => store.IsBehind;

    public void Dispose() => store.Dispose();
}
