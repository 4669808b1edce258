using System.Text;
using Microsoft.Data.Sqlite;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.History;

/// <summary>Writes the file. One thread uses it.</summary>
internal sealed class HistoryStore : IHistoryStore
{
    private readonly SqliteConnection _connection;
    private readonly Pruner _pruner;
    private readonly SqliteCommand _addMessage;
    private readonly SqliteCommand _addText;
    private readonly SqliteCommand _addChannel;
    private readonly SqliteCommand _closeChannel;

    /// <summary>Opens the file.</summary>
    /// <exception cref="HistoryException">The file cannot be used.</exception>
    public HistoryStore(HistorySettings settings)
    {
        _connection = HistoryDatabase.OpenForWriting(settings.File);
        _pruner = new Pruner(_connection, settings.Days, settings.Messages);
        _addMessage = Prepare(
            "INSERT OR IGNORE INTO message(id, channel, at, name, text, missing) VALUES($id, $channel, $at, $name, $text, $missing)",
            "$id", "$channel", "$at", "$name", "$text", "$missing");
        _addText = Prepare("INSERT INTO message_text(rowid, channel, text) VALUES($id, $channel, $text)", "$id", "$channel", "$text");
        _addChannel = Prepare("INSERT OR IGNORE INTO channel(id, name, closed) VALUES($id, $name, 0)", "$id", "$name");
        _closeChannel = Prepare("UPDATE channel SET closed = 1 WHERE id = $id", "$id");
    }

    /// <summary>The word for a channel in the search index, so that a search reads no rows of other channels.</summary>
    public static string TokenOf(long channel) => FormattableString.Invariant($"c{channel}");

    public void Write(HistoryBatch batch)
    {
        HistoryDatabase.Run(_connection, "BEGIN IMMEDIATE");
        try
        {
            long row = batch.FirstRow;
            foreach (ChannelChange change in batch.Changes)
            {
                Run(_addChannel, change.Channel.Id, change.Channel.Name);
            }

            foreach (HistoryEntry entry in batch.Entries)
            {
                row = entry.Missing > 0 ? AddGap(row, entry) : AddMessages(row, entry);
            }

            foreach (ChannelChange change in batch.Changes.Where(change => change.IsClosed))
            {
                Run(_closeChannel, change.Channel.Id);
            }

            if (batch.Place is RecordPlace place)
            {
                HistoryPlace.Write(_connection, place);
            }

            HistoryDatabase.Run(_connection, "COMMIT");
        }
        catch
        {
            _pruner.Forget();
            TryRollBack();
            throw;
        }
    }

    public bool Prune(long now) => _pruner.Step(now);

    public void Dispose()
    {
        _addMessage.Dispose();
        _addText.Dispose();
        _addChannel.Dispose();
        _closeChannel.Dispose();
        _connection.Dispose();
    }

    private long AddGap(long row, HistoryEntry entry)
    {
        if (Run(_addMessage, row, entry.Channel.Id, entry.At, "", "", entry.Missing) > 0)
        {
            _pruner.Added(entry.Channel.Id);
        }

        return row + 1;
    }

    private long AddMessages(long row, HistoryEntry entry)
    {
        ReadOnlySpan<byte> frames = entry.Frames.Span;
        while (!frames.IsEmpty)
        {
            (string name, string text) = Read(Frame.Text(frames[..Frame.Size]));
            if (Run(_addMessage, row, entry.Channel.Id, entry.At, name, text, 0) > 0)
            {
                Run(_addText, row, TokenOf(entry.Channel.Id), text);
                _pruner.Added(entry.Channel.Id);
            }

            frames = frames[Frame.Size..];
            row++;
        }

        return row;
    }

    /// <summary>The two parts of <c>[Name] text</c>. No name has a bracket.</summary>
    private static (string Name, string Text) Read(ReadOnlySpan<byte> message)
    {
        int end = message.IndexOf("] "u8);
        return end < 1
            ? ("", Encoding.UTF8.GetString(message))
            : (Encoding.UTF8.GetString(message[1..end]), Encoding.UTF8.GetString(message[(end + 2)..]));
    }

    private SqliteCommand Prepare(string sql, params string[] parameters)
    {
        SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (string parameter in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = parameter });
        }

        return command;
    }

    private static int Run(SqliteCommand command, params object[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        return command.ExecuteNonQuery();
    }

    private void TryRollBack()
    {
        try
        {
            HistoryDatabase.Run(_connection, "ROLLBACK");
        }
        catch (SqliteException)
        {
            // After some failures SQLite has rolled back already.
        }
    }
}
