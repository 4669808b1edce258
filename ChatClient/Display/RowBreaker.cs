using System.Text;

namespace ThreadedChat.ChatClient.Display;

/// <summary>
/// Breaks a line into rows and indents all but the first: a row without indent always begins a line. If the terminal wrapped the
/// line, a sender could make its second row look like a message of another user.
/// </summary>
/// <remarks>
/// The exception is an address of a page that is longer than a row: the terminal wraps it, so that it can be clicked and copied in
/// one piece. It has no blank and no bracket, and nothing follows it in its last row; so none of its rows looks like a message or a
/// notice.
/// </remarks>
internal static class RowBreaker
{
    private const int LeastIndent = 2;

    /// <summary>Appends the rows of <paramref name="line"/>, each with its line break, for a screen of this width.</summary>
    public static void Append(StringBuilder output, ScreenLine line, int columns)
    {
        string text = line.Text;
        if (text.Length <= columns && !text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            output.Append(text).Append(RowWriter.LineBreak);
            return;
        }

        new RowWriter(output, columns, IndentOn(columns, line.Indent)).Write(text);
    }

    /// <summary>A wide character must fit beside the indent.</summary>
    private static int IndentOn(int columns, int wanted) =>
        columns < 4 ? 0 : Math.Clamp(wanted, Math.Min(LeastIndent, columns - 3), Math.Max(LeastIndent, columns / 3));
}
