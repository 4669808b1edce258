using System.Text;
using ThreadedChat.ChatClient.Terminals;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Display;

/// <summary>The look of the lines on the screen: colours, marks, time, bell.</summary>
/// <param name="ownName">The user's name, which is marked in messages that mention it.</param>
/// <param name="theme">Colours and marks.</param>
/// <param name="bell">Which messages ring the bell.</param>
/// <param name="time">The time before each line; null for no time.</param>
/// <param name="isSpoken">For a screen reader: <c>Alice: text</c> instead of <c>[Alice] text</c>.</param>
/// <param name="highlights">Further words that are marked like the user's name.</param>
internal sealed class MessageStyle(
    string ownName, Theme theme, BellRule bell, LineTime? time, bool isSpoken = false, params IReadOnlyList<string> highlights)
{
    private const int ContinuationIndent = 4; // of the second and further rows of a line

    private readonly string[] _marked = [.. highlights.Prepend(ownName).Where(word => word.Length > 0)];

    private readonly NameColours _colours = new(theme.Colours.Count);

    /// <summary>One screen line for each line of <paramref name="texts"/>, with the bell at most once.</summary>
    public List<ScreenLine> Format(IEnumerable<ReceivedText> texts) => Format(texts, out _);

    /// <inheritdoc cref="Format(IEnumerable{ReceivedText})"/>
    /// <param name="texts">What the server has sent.</param>
    /// <param name="mention">The last message that mentions the user or is for the user alone, as the server has sent it; null if there is none.</param>
    public List<ScreenLine> Format(IEnumerable<ReceivedText> texts, out string? mention)
    {
        mention = null;
        var lines = new List<ScreenLine>();
        bool rings = false;
        foreach (ReceivedText text in texts)
        {
            if (text.Lines is not [var only])
            {
                // Only an answer has several lines. None of them is a message, even if it looks like one.
                foreach (ReceivedLine line in text.Lines)
                {
                    AddAnswer(lines, line.Whole, ReceivedLine.IsNoName(line.Whole));
                }
            }
            else if (only.Kind == ReceivedKind.Message)
            {
                bool isMention = AddMessage(lines, only);
                mention = isMention ? only.Whole : mention;
                rings |= bell == BellRule.All || (bell == BellRule.Mention && isMention);
            }
            else if (only.Kind == ReceivedKind.Private)
            {
                AddPrivate(lines, only);
                mention = only.Whole;
                rings |= bell != BellRule.Off;
            }
            else if (only.Kind == ReceivedKind.Past)
            {
                // Without the time of now: the line has the time at which it was said.
                lines.Add(new ScreenLine(theme.Dim(only.Whole), PastLine.TimeLength));
            }
            else if (only.Kind == ReceivedKind.Other)
            {
                AddAnswer(lines, only.Text, ReceivedLine.IsDisguised(only.Text));
            }
            else
            {
                NoteName(only);
                Add(lines, theme.Dim(only.Text), ContinuationIndent);
            }
        }

        if (rings)
        {
            lines[^1] = lines[^1] with { Text = lines[^1].Text + EscapeSequences.Bell };
        }

        return lines;
    }

    /// <summary>The user goes to another channel: the colours of the names are free there.</summary>
    public void LeaveChannel() => _colours.Leave();

    /// <summary>A line of the client itself.</summary>
    public List<ScreenLine> FormatOwn(string line)
    {
        var lines = new List<ScreenLine>();
        Add(lines, line, ContinuationIndent);
        return lines;
    }

    /// <summary>The lines that the user has entered, behind the prompt.</summary>
    public List<ScreenLine> FormatEntered(IEnumerable<string> entered)
    {
        var lines = new List<ScreenLine>();
        foreach (string line in entered)
        {
            Add(lines, $"{ProtocolText.MessagePrefix}{line}", ProtocolText.MessagePrefix.Length);
        }

        return lines;
    }

    /// <summary>True if the message mentions the user.</summary>
    private bool AddMessage(List<ScreenLine> lines, ReceivedLine line)
    {
        string prefix = Prefix(line.Name);
        var output = new StringBuilder(theme.Name(prefix, _colours.Of(line.Name))).Append(' ');
        bool isMention = AppendMarked(output, line.Text);
        Add(lines, output.ToString(), prefix.Length + 1);
        return isMention;
    }

    /// <summary>The name is marked, not coloured: so a private message differs from those of the channel at a glance.</summary>
    private void AddPrivate(List<ScreenLine> lines, ReceivedLine line)
    {
        string prefix = isSpoken ? $"[[{line.Name}]] privately:" : $"[[{line.Name}]]";
        var output = new StringBuilder(theme.Mark(prefix)).Append(' ');
        AppendMarked(output, line.Text);
        Add(lines, output.ToString(), prefix.Length + 1);
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
    private void AddAnswer(List<ScreenLine> lines, string line, bool isMovedIn) =>
        Add(lines, (isMovedIn ? new string(' ', ContinuationIndent) : "") + line, ContinuationIndent);

    /// <summary>Adds a line with its time, and before it the line that begins a day.</summary>
    private void Add(List<ScreenLine> lines, string text, int indent)
    {
        if (time is null)
        {
            lines.Add(new ScreenLine(text, indent));
            return;
        }

        string now = time.Next(out string? day);
        if (day is not null)
        {
            lines.Add(new ScreenLine(theme.Dim(day), ContinuationIndent));
        }

        lines.Add(new ScreenLine($"{theme.Dim(now)} {text}", now.Length + 1 + indent));
    }

    /// <summary>Appends <paramref name="text"/> and marks the user's words if they are whole words. True if one occurs.</summary>
    private bool AppendMarked(StringBuilder output, string text)
    {
        int done = 0;
        for (int i = 0; i < text.Length; i++)
        {
            int length = i < done ? 0 : MarkedAt(text, i);
            if (length > 0)
            {
                output.Append(text, done, i - done).Append(theme.Mark(text.Substring(i, length)));
                done = i + length;
            }
        }

        output.Append(text, done, text.Length - done);
        return done > 0;
    }

    /// <summary>The length of the longest of the user's words that begins at <paramref name="start"/>; 0 if there is none.</summary>
    private int MarkedAt(string text, int start) => !IsBoundary(text, start) ? 0 : _marked
        .Where(word => string.Compare(text, start, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0
            && IsBoundary(text, start + word.Length))
        .Select(word => word.Length)
        .DefaultIfEmpty(0)
        .Max();

    /// <summary>True if <paramref name="index"/> is not inside a word.</summary>
    private static bool IsBoundary(string text, int index) =>
        index == 0 || index >= text.Length || !char.IsLetterOrDigit(text[index - 1]) || !char.IsLetterOrDigit(text[index]);
}
