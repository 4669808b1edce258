using System.Text;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Session;

/// <summary>The lines that went out last on a connection, to tell those that may not have arrived. No lock: its owner has one.</summary>
internal sealed class SentLines(TimeProvider time)
{
    /// <summary>More lines than this are not kept: some screens full. A program at the other end of a pipe can write any number.</summary>
    public const int MaxLines = 1000;

    /// <summary>More lost lines than this are counted, not shown.</summary>
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

    /// <summary>Tells of the lines that did not arrive as a whole with the first <paramref name="frames"/> frames.</summary>
    public IReadOnlyList<string> TellLost(long frames) =>
        Tell("probably lost", [.. _lines.Where(line => line.LastFrame > frames)]);

    /// <summary>Tells of the lines of the last <paramref name="span"/>, where nobody knows whether they arrived.</summary>
    public IReadOnlyList<string> TellDoubtful(TimeSpan span) =>
        Tell("perhaps lost", [.. _lines.Where(line => time.GetElapsedTime(line.At) < span)]);

    private static string[] Tell(string what, Line[] lines) =>
    [
        .. lines.Take(MaxShown).Select(line => $"This line was {what}: {line.Text}"),
        .. lines.Length > MaxShown ? [$"Further lines that were {what}: {lines.Length - MaxShown}"] : Array.Empty<string>(),
    ];

    /// <summary>What is shown on the screen: no more of it than a frame has, and cleaned, since it may come from a pipe.</summary>
    private static string Shorten(string text)
    {
        byte[] cleaned = TextCleaner.Clean(Encoding.UTF8.GetBytes(text));
        int length = Utf8.CutAtMost(cleaned, Frame.Size);
        return Encoding.UTF8.GetString(cleaned, 0, length) + (length < cleaned.Length ? " ..." : "");
    }

    private readonly record struct Line(string Text, long LastFrame, long At);
}
