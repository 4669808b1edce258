using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using ThreadedChat.Common;
using ThreadedChat.Common.Unicode;

namespace ThreadedChat.ChatServer.History;

/// <summary>Prints the messages of a file, one line each. A server may write to the file at the same time.</summary>
/// <param name="channel">Of this channel only; null: of all.</param>
/// <param name="since">From this time on, in milliseconds since 1970.</param>
/// <param name="until">Before this time.</param>
/// <param name="text">Only messages with this text, in any case; null: all.</param>
/// <param name="isJson">Each line is a JSON object.</param>
/// <param name="zone">The time zone of the lines that are no JSON.</param>
internal sealed class HistoryPrinter(string? channel, long since, long until, string? text, bool isJson, TimeZoneInfo zone)
{
    /// <summary>For terminals and tools alike: letters of all languages as they are.</summary>
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string? _channel = channel is null ? null : Normalization.ToNfc(channel);

    /// <summary>Prints the file.</summary>
    /// <exception cref="HistoryException">The file cannot be read.</exception>
    /// <exception cref="IOException">The output takes no more.</exception>
    public void Print(string path, Stream output)
    {
        using SqliteConnection connection = HistoryDatabase.OpenForReading(path);
        using var lines = new BufferedStream(output, 64 * 1024);
        try
        {
            foreach (StoredMessage message in HistoryQueries.Between(connection, since, until).Select(Clean).Where(IsWanted))
            {
                lines.Write(isJson ? JsonOf(message) : LineOf(message));
                lines.WriteByte((byte)'\n');
            }
        }
        catch (SqliteException e)
        {
            throw new HistoryException($"Cannot read the history '{path}': {HistoryDatabase.Explain(e)}.");
        }

        lines.Flush();
    }

    private bool IsWanted(StoredMessage message) =>
        (_channel is null || Normalization.ToNfc(message.Channel) == _channel)
        && (text is null || message.Text.Contains(text, StringComparison.OrdinalIgnoreCase));

    /// <summary>Cleaned again, for the terminal: the file may not be from this server.</summary>
    private static StoredMessage Clean(StoredMessage message) => message with
    {
        Channel = Clean(message.Channel),
        Name = Clean(message.Name),
        Text = Clean(message.Text),
    };

    private static string Clean(string dirty) => Encoding.UTF8.GetString(TextCleaner.Clean(Encoding.UTF8.GetBytes(dirty)));

    private byte[] LineOf(StoredMessage message)
    {
        string time = message.Time(zone, "yyyy-MM-dd HH:mm:ss");
        return Encoding.UTF8.GetBytes(message.Missing > 0
            ? $"{time} {message.Channel} {message.GapText}"
            : $"{time} {message.Channel} [{message.Name}] {message.Text}");
    }

    private static byte[] JsonOf(StoredMessage message)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Json))
        {
            json.WriteStartObject();
            json.WriteString("at", message.Time(TimeZoneInfo.Utc, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
            json.WriteString("channel", message.Channel);
            if (message.Missing > 0)
            {
                json.WriteNumber("missing", message.Missing);
            }
            else
            {
                json.WriteString("name", message.Name);
                json.WriteString("text", message.Text);
            }

            json.WriteEndObject();
        }

        return bytes.ToArray();
    }
}
