using Microsoft.Data.Sqlite;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.History;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.History;

/// <summary>A slow query delays those who ask for one of its kind, and nobody else.</summary>
[TestClass]
public sealed class HistoryReadersTests : IDisposable
{
    private readonly HistoryFolder _folder = new();
    private readonly HistoryReaders _readers;
    private readonly ManualResetEventSlim _goesOn = new();

    public HistoryReadersTests()
    {
        using (HistoryDatabase.Lock(_folder.File))
        {
            // It makes a missing file.
        }

        HistoryDatabase.OpenForWriting(_folder.File).Dispose();
        _readers = new HistoryReaders(_folder.File, TimeProvider.System);
    }

    public void Dispose()
    {
        _goesOn.Dispose();
        _readers.Dispose();
        _folder.Dispose();
    }

    [TestMethod]
    public void Slow_searches_do_not_delay_a_client_that_asks_for_the_last_messages()
    {
        using var begun = new CountdownEvent(HistoryReaders.MostSearches);
        Task<bool>[] searches = [.. Enumerable.Range(0, HistoryReaders.MostSearches).Select(i => Task.Factory.StartNew(
            () => _readers.TryRead(Client($"192.0.2.{i}"), isSearch: true, Limit.Wait, connection => Slow(connection, begun), out long _), TaskCreationOptions.LongRunning))];
        Assert.IsTrue(begun.Wait(Limit.Wait));

        Assert.IsFalse(_readers.TryRead(Client(), isSearch: true, TimeSpan.Zero, Count, out long _), "All connections for searches are in use.");
        Assert.IsTrue(_readers.TryRead(Client(), isSearch: false, TimeSpan.Zero, Count, out long found));
        Assert.AreEqual(0, found);

        _goesOn.Set();
        Assert.IsTrue(searches.All(search => search.GetAwaiter().GetResult()));
        Assert.IsTrue(_readers.TryRead(Client(), isSearch: true, TimeSpan.Zero, Count, out long _));
    }

    private static Participant Client(string address = "192.0.2.200") => new("Panda", new RecordingOutbox(), address);

    private static long Count(SqliteConnection connection) => HistoryDatabase.Number(connection, "SELECT count(*) FROM message");

    private long Slow(SqliteConnection connection, CountdownEvent begun)
    {
        begun.Signal();
        Assert.IsTrue(_goesOn.Wait(Limit.Wait));
        return Count(connection);
    }
}
