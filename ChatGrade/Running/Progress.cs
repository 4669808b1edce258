using System.Globalization;
using ThreadedChat.ChatCheck.Texts;

namespace ThreadedChat.ChatGrade.Running;

/// <summary>Tells how far the run is: a bar with an estimate at a terminal, a line for each result elsewhere.</summary>
internal sealed class Progress(TextWriter output, bool isTerminal, Language language)
{
    private const int BarWidth = 30;
    private const int LineWidth = 78;

    /// <summary>So many of all are done; this is the last. The rest takes about so long.</summary>
    public void Add(int done, int all, string last, TimeSpan rest)
    {
        string counts = string.Create(CultureInfo.InvariantCulture, $"{done}/{all}");
        if (!isTerminal)
        {
            output.WriteLine($"{counts} {last}");
            return;
        }

        string left = done == 0 ? "" : Left(rest).In(language);
        string bar = new('#', BarWidth * done / Math.Max(1, all));
        string line = $"[{bar.PadRight(BarWidth, '.')}] {counts}{left} {last}";
        output.Write($"\r{(line.Length > LineWidth ? line[..LineWidth] : line.PadRight(LineWidth))}");
        output.Flush();
    }

    /// <summary>Leaves the line of the bar.</summary>
    public void End()
    {
        if (isTerminal)
        {
            output.WriteLine();
        }
    }

    private static Text Left(TimeSpan time)
    {
        string shown = time.TotalMinutes >= 2
            ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0} min")
            : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s");
        return new Text($", about {shown} left:", $", faltam cerca de {shown}:");
    }
}
