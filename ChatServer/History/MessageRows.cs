using Microsoft.Data.Sqlite;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.History;

/// <summary>Adds messages to the table that has a row for each.</summary>
internal sealed class MessageRows(SqliteConnection connection, Pruner pruner) : IDisposable
{
    private readonly RowStatement _add = new(
        connection, "INSERT OR IGNORE INTO message(id, channel, at, name, text, missing) VALUES(?, ?, ?, ?, ?, ?)");

    /// <summary>Adds a run. Rows that exist are not changed.</summary>
    /// <exception cref="SqliteException">It could not be written.</exception>
    public void Add(in MessageRun run)
    {
        if (run.Missing > 0)
        {
            Add(run.First, run, [], []);
            return;
        }

        ReadOnlySpan<byte> frames = run.Frames.Span;
        for (long row = run.First; !frames.IsEmpty; row++)
        {
            FrameText.Split(frames[..Frame.Size], out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> text);
            Add(row, run, name, text);
            frames = frames[Frame.Size..];
        }
    }

    public void Dispose() => _add.Dispose();

    private void Add(long row, in MessageRun run, ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        int added = _add.Set(1, row).Set(2, run.Channel).Set(3, run.At).Set(4, name).Set(5, text).Set(6, run.Missing).Run();
        if (added > 0)
        {
            pruner.Added(run.Channel);
        }
    }
}
