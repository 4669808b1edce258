using System.Globalization;
using System.Text;
using ThreadedChat.ChatClient.Terminals;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Display;

/// <summary>The look of received lines: colours, marks, time, bell.</summary>
/// <param name="ownName">The user's name, which is marked where a message mentions it.</param>
/// <param name="theme">Colours and marks.</param>
/// <param name="bell">Which messages ring the bell.</param>
/// <param name="clock">Gives the time before each line; null for no time.</param>
/// <param name="isSpoken">For a screen reader: <c>Alice: text</c> instead of <c>[Alice] text</c>.</param>
internal sealed class MessageStyle(string ownName, Theme theme, BellRule bell, TimeProvider? clock, bool isSpoken = false)
{
    private const int ContinuationIndent = 4; // of the second and further rows of a line
    private const int TimeLength = 6;

    private readonly NameColours _colours = new(theme.Colours.Count);

    /// <summary>One screen line for each line of <paramref name="texts"/>, with the bell at most once.</summary>
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

    /// <summary>The user goes to another channel, perhaps: the colours of the names are free there.</summary>
    public void LeaveChannel() => _colours.Leave();

    /// <summary>A line of the client itself.</summary>
    public ScreenLine FormatOwn(string line) => new($"{Time()}{line}", Indent(ContinuationIndent));

    /// <summary>A line that the user has entered, behind the prompt.</summary>
    public static ScreenLine FormatEntered(string line) =>
        new($"{ProtocolText.MessagePrefix}{line}", ProtocolText.MessagePrefix.Length);

    /// <summary>Adds a line. True if it rings.</summary>
    private bool AddLine(List<ScreenLine> lines, ReceivedLine line)
    {
        NoteName(line);
        if (line.Kind != ReceivedKind.Message)
        {
            lines.Add(line.Kind == ReceivedKind.Other
                ? FormatAnswer(line.Text, ReceivedLine.IsDisguised(line.Text))
                : new ScreenLine(Time() + theme.Dim(line.Text), Indent(ContinuationIndent)));
            return false;
        }

        string prefix = Prefix(line.Name);
        var output = new StringBuilder(Time()).Append(theme.Name(prefix, _colours.Of(line.Name))).Append(' ');
        bool isMentioned = AppendMarked(output, line.Text);
        lines.Add(new ScreenLine(output.ToString(), Indent(prefix.Length + 1)));
        return bell == BellRule.All || (bell == BellRule.Mention && isMentioned);
    }

    /// <summary>A name with a colon in it could be mistaken for another name and a text, if the colon ended it.</summary>
    private string Prefix(string name) => isSpoken && !name.Contains(':', StringComparison.Ordinal) ? $"{name}:" : $"[{name}]";

    private void NoteName(ReceivedLine line)
    {
        if (line.Kind == ReceivedKind.Joined)
        {
            _colours.Of(line.Name);
        }
        else if (line.Kind == ReceivedKind.Left)
        {
            _colours.Left(line.Name);
        }
    }

    /// <summary>A line that could be mistaken for a message is indented, like the second row of a line.</summary>
    private ScreenLine FormatAnswer(string line, bool isMovedIn) =>
        new($"{Time()}{(isMovedIn ? new string(' ', ContinuationIndent) : "")}{line}", Indent(ContinuationIndent));

    /// <summary>Appends <paramref name="text"/> and marks the user's name where it is a whole word. True if it occurs.</summary>
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

    /// <summary>True if <paramref name="index"/> is not inside a word.</summary>
    private static bool IsBoundary(string text, int index) =>
        index == 0 || index == text.Length || !char.IsLetterOrDigit(text[index - 1]) || !char.IsLetterOrDigit(text[index]);

    private int Indent(int cells) => (clock is null ? 0 : TimeLength) + cells;

    private string Time() => clock is null
        ? ""
        : theme.Dim(clock.GetLocalNow().ToString("HH:mm", CultureInfo.InvariantCulture)) + " ";
}
