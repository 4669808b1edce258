using System.Globalization;
using System.Text;
using ThreadedChat.ChatClient.Terminals;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Display;

/// <summary>How what comes from the server looks: colours, marks, time, bell. The texts are cleaned already.</summary>
/// <param name="ownName">The user's name, which is marked where others mention it.</param>
/// <param name="theme">The colours.</param>
/// <param name="bell">What rings the bell.</param>
/// <param name="clock">Where the time in front of each line comes from; null for no time.</param>
internal sealed class MessageStyle(string ownName, Theme theme, BellRule bell, TimeProvider? clock)
{
    private const int Further = 4; // by how much the rows that continue a line of the server are moved in
    private const int TimeLength = 6;

    /// <summary>What to show for <paramref name="texts"/>: each of their lines on one of its own, and the bell at most once.</summary>
    public List<ScreenLine> Format(IEnumerable<ReceivedText> texts)
    {
        var lines = new List<ScreenLine>();
        bool rings = false;
        foreach (ReceivedText text in texts)
        {
            if (text.Lines is [var only])
            {
                rings |= AddLine(lines, only);
            }
            else
            {
                // Only an answer has several lines. None of them is a message, even if it looks like one.
                lines.AddRange(text.Lines.Select(line => FormatAnswer(line.Whole, ReceivedLine.IsNoName(line.Whole))));
            }
        }

        if (rings)
        {
            lines[^1] = lines[^1] with { Text = lines[^1].Text + EscapeSequences.Bell };
        }

        return lines;
    }

    /// <summary>What to show for a line of our own.</summary>
    public ScreenLine FormatOwn(string line) => new($"{Time()}{line}", Indent(Further));

    /// <summary>What to show for a line that the user has entered, with the prompt in front.</summary>
    public static ScreenLine FormatEntered(string line) =>
        new($"{ProtocolText.MessagePrefix}{line}", ProtocolText.MessagePrefix.Length);

    /// <summary>Adds a line. True if it rings.</summary>
    private bool AddLine(List<ScreenLine> lines, ReceivedLine line)
    {
        if (line.Kind != ReceivedKind.Message)
        {
            lines.Add(line.Kind == ReceivedKind.Other
                ? FormatAnswer(line.Text, ReceivedLine.IsDisguised(line.Text))
                : new ScreenLine(Time() + theme.Dim(line.Text), Indent(Further)));
            return false;
        }

        string prefix = $"[{line.Name}]";
        var output = new StringBuilder(Time()).Append(theme.Name(prefix, line.Name)).Append(' ');
        bool isMentioned = AppendMarked(output, line.Text);
        lines.Add(new ScreenLine(output.ToString(), Indent(prefix.Length + 1)));
        return bell == BellRule.All || (bell == BellRule.Mention && isMentioned);
    }

    /// <summary>What reads like something else is moved in, as the rows that continue a line are.</summary>
    private ScreenLine FormatAnswer(string line, bool isMovedIn) =>
        new($"{Time()}{(isMovedIn ? new string(' ', Further) : "")}{line}", Indent(Further));

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

    private int Indent(int cells) => (clock is null ? 0 : TimeLength) + cells;

    private string Time() => clock is null
        ? ""
        : theme.Dim(clock.GetLocalNow().ToString("HH:mm", CultureInfo.InvariantCulture)) + " ";
}
