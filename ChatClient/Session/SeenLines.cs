using System.Globalization;
using System.Text;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Session;

/// <summary>
/// The lines that were on the screen, each with its time: the latest in memory, and all of them in the log, if there is one. Any
/// thread may add lines.
/// </summary>
internal sealed class SeenLines(TimeProvider time, LogFile? log = null)
{
    /// <summary>The most lines kept in memory.</summary>
    public const int MaxLines = 10_000;

    /// <summary>ISO 8601 with the offset from UTC: sorts, and is the same moment on each machine.</summary>
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:sszzz";

    private static readonly string[] Loggable = [ControlMessage.Create, ControlMessage.Join, ControlMessage.List];

    private readonly Lock _gate = new(); // guards _lines, and that the log has them in the same order
    private readonly Queue<string> _lines = [];

    public void Add(string line)
    {
        string entry = $"{time.GetLocalNow().ToString(TimeFormat, CultureInfo.InvariantCulture)} {line}";
        lock (_gate)
        {
            _lines.Enqueue(entry);
            if (_lines.Count > MaxLines)
            {
                _lines.Dequeue();
            }

            log?.Add(entry);
        }
    }

    /// <summary>
    /// Adds a line that the user has typed. Of a command that the protocol does not know only the first word: what follows could be a
    /// password.
    /// </summary>
    public void AddOwn(string line, ControlMessage? command)
    {
        string text = command is { } message && !Loggable.Contains(message.Word) ? $"{message.Word} ..." : Clean(line);
        Add(ProtocolText.MessagePrefix + text);
    }

    /// <summary>The latest lines that contain <paramref name="words"/>, in any case of letters, the oldest first.</summary>
    /// <param name="words">Not empty.</param>
    /// <param name="most">How many of them to return.</param>
    /// <param name="count">How many there are.</param>
    public IReadOnlyList<string> Find(string words, int most, out int count)
    {
        string[] kept;
        lock (_gate)
        {
            kept = [.. _lines];
        }

        count = 0;
        var found = new Queue<string>();
        foreach (string line in (log?.ReadEarlier() ?? []).Concat(kept))
        {
            if (line.Contains(words, StringComparison.OrdinalIgnoreCase))
            {
                count++;
                found.Enqueue(Clean(line));
                if (found.Count > most)
                {
                    found.Dequeue();
                }
            }
        }

        return [.. found];
    }

    private static string Clean(string text) => Encoding.UTF8.GetString(TextCleaner.Clean(Encoding.UTF8.GetBytes(text)));
}
