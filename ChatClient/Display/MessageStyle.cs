using System.Globalization;
using System.Text;

namespace ThreadedChat.ChatClient.Display;

/// <summary>How what comes from the server looks: colours, marks, time, bell. The texts are cleaned already.</summary>
/// <param name="ownName">The user's name, which is marked where others mention it.</param>
/// <param name="theme">The colours.</param>
/// <param name="bell">What rings the bell.</param>
/// <param name="clock">Where the time in front of each line comes from; null for no time.</param>
internal sealed class MessageStyle(string ownName, Theme theme, BellRule bell, TimeProvider? clock)
{
    private const string Bell = "\a";

    /// <summary>What to write for <paramref name="texts"/>: each of their lines on one of its own, and the bell at most once.</summary>
    public string Format(IEnumerable<string> texts)
    {
        var output = new StringBuilder();
        bool rings = false;
        foreach (string text in texts)
        {
            foreach (string line in text.Split('\n'))
            {
                rings |= AppendLine(output, ReceivedLine.Parse(line));
            }
        }

        return output.Append(rings ? Bell : "").ToString();
    }

    /// <summary>What to write for a line of our own.</summary>
    public string FormatOwn(string line) => $"{Time()}{line}\r\n";

    /// <summary>Appends a line. True if it rings.</summary>
    private bool AppendLine(StringBuilder output, ReceivedLine line)
    {
        output.Append(Time());
        bool isMentioned = false;
        switch (line.Kind)
        {
            case ReceivedKind.Message:
                output.Append(theme.Name($"[{line.Name}]", line.Name)).Append(' ');
                isMentioned = AppendMarked(output, line.Text);
                break;
            case ReceivedKind.Joined or ReceivedKind.Left:
                output.Append(theme.Dim(line.Text));
                break;
            default:
                output.Append(line.Text);
                break;
        }

        output.Append("\r\n");
        return line.Kind == ReceivedKind.Message && (bell == BellRule.All || (bell == BellRule.Mention && isMentioned));
    }

    /// <summary>Appends <paramref name="text"/> with the user's name marked wherever it stands as a word of its own. True if it does.</summary>
    private bool AppendMarked(StringBuilder output, string text)
    {
        int from = 0;
        int done = 0;
        while (ownName.Length > 0 && text.IndexOf(ownName, from, StringComparison.OrdinalIgnoreCase) is >= 0 and var start)
        {
            int end = start + ownName.Length;
            from = end;
            if (IsBoundary(text, start) && IsBoundary(text, end))
            {
                output.Append(text, done, start - done).Append(theme.Mark(text[start..end]));
                done = end;
            }
        }

        output.Append(text, done, text.Length - done);
        return done > 0;
    }

    /// <summary>True if no word goes on across <paramref name="index"/>.</summary>
    private static bool IsBoundary(string text, int index) =>
        index == 0 || index == text.Length || !char.IsLetterOrDigit(text[index - 1]) || !char.IsLetterOrDigit(text[index]);

    private string Time() => clock is null
        ? ""
        : theme.Dim(clock.GetLocalNow().ToString("HH:mm", CultureInfo.InvariantCulture)) + " ";
}
