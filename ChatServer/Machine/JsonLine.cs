using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Machine;

/// <summary>JSON objects of one line each: the form of the files for accounts, bans and the audit, and of the control socket.</summary>
internal static class JsonLine
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>An object with the fields that <paramref name="write"/> writes, without a newline.</summary>
    public static string Write(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <summary>Reads a file with an object in each line; blank lines count for nothing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What it is, for the error.</param>
    /// <param name="read">Reads one object. Throws a <see cref="FormatException"/> that says what is wrong.</param>
    /// <exception cref="UnusableFileException">It cannot be read, or a line is wrong.</exception>
    public static List<T> ReadFile<T>(string path, string what, Func<JsonElement, T> read)
    {
        string[] lines;
        try
        {
            RegularFile.Require(path);
            lines = File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UnusableFileException($"Cannot read the {what}: {OneLine(e.Message)}");
        }

        var all = new List<T>();
        for (int i = 0; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i]))
            {
                continue;
            }

            try
            {
                using JsonDocument document = JsonDocument.Parse(lines[i]);
                all.Add(read(document.RootElement));
            }
            catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
            {
                string why = e is FormatException ? e.Message : "it must be a JSON object in one line.";
                throw new UnusableFileException($"{path}:{i + 1}: {OneLine(why)}");
            }
        }

        return all;
    }

    /// <summary>A text of an object; null if there is none.</summary>
    /// <exception cref="FormatException">It is of another kind.</exception>
    public static string? Text(JsonElement json, string field) =>
        !json.TryGetProperty(field, out JsonElement value) || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw new FormatException($"'{field}' must be a text.");

    /// <summary>A time of an object; null if there is none.</summary>
    /// <exception cref="FormatException">It is of another kind.</exception>
    public static DateTimeOffset? Time(JsonElement json, string field) =>
        Text(json, field) is not string text ? null
        : DateTimeOffset.TryParse(text, null, System.Globalization.DateTimeStyles.RoundtripKind, out DateTimeOffset time) ? time.ToUniversalTime()
        : throw new FormatException($"'{field}' must be a time such as 2026-11-26T12:00:00Z.");

    /// <summary>A time as it stands in these files: UTC, in seconds.</summary>
    public static string Show(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static string OneLine(string text) => Common.Arguments.ArgumentForms.OneLine(text);
}
