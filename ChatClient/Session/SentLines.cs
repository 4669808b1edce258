using System.Text;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Session;

/// <summary>The latest lines sent on a connection, to tell the user which of them may be lost. Has no lock: its owner has one.</summary>
internal sealed class SentLines(TimeProvider time)
{
    /// <summary>The most lines kept, because a program at the other end of a pipe can write any number.</summary>
    public const int MaxLines = 1000;

    /// <summary>The most lost lines shown. The others are counted.</summary>
    public const int MaxShown = 5;

    private readonly Queue<Line> _lines = [];

    /// <summary>Notes a line, whose last frame is number <paramref name="lastFrame"/> on its connection.</summary>
    public void Add(string text, long lastFrame)
    {
        _lines.Enqueue(new Line(Shorten(text), lastFrame, time.GetTimestamp()));
        if (_lines.Count > MaxLines)
        {
            _lines.Dequeue();
        }
    }

    public void Clear() => _lines.Clear();

    /// <summary>Forgets the lines that the first <paramref name="frames"/> frames contain: the server has handled them.</summary>
    public void Handled(long frames)
    {
        while (_lines.TryPeek(out Line first) && first.LastFrame <= frames)
        {
            _lines.Dequeue();
        }
    }

    /// <summary>How many of the kept lines the server has not handled, as far as is known.</summary>
    public int Count => _lines.Count;

    /// <summary>Names the lines that the first <paramref name="frames"/> frames do not contain completely.</summary>
    public IReadOnlyList<string> TellLost(long frames) =>
        Tell("probably lost", [.. _lines.Where(line => line.LastFrame > frames)]);

    /// <summary>Names the lines of the last <paramref name="span"/>, if it is unknown which of them arrived.</summary>
    public IReadOnlyList<string> TellDoubtful(TimeSpan span) =>
        Tell("perhaps lost", [.. _lines.Where(line => time.GetElapsedTime(line.At) < span)]);

    private static string[] Tell(string what, Line[] lines) =>
    [
        .. lines.Take(MaxShown).Select(line => $"This line was {what}: {line.Text}"),
        .. lines.Length > MaxShown ? [$"Further lines that were {what}: {lines.Length - MaxShown}"] : Array.Empty<string>(),
    ];

    /// <summary>At most as long as a frame, and cleaned, because the line may come from a pipe.</summary>
    public static string Shorten(string text)
    {
        byte[] cleaned = TextCleaner.Clean(Encoding.UTF8.GetBytes(text));
        int length = Utf8.CutAtMost(cleaned, Frame.Size);
        return Encoding.UTF8.GetString(cleaned, 0, length) + (length < cleaned.Length ? " ..." : "");
    }

    private readonly record struct Line(string Text, long LastFrame, long At);
}
