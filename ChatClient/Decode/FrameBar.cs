using System.Globalization;
using System.Net;
using System.Text;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Decode;

/// <summary>Draws one frame as a bar of 200 bytes: text and padding, of this call and of earlier ones, and what is missing.</summary>
internal sealed class FrameBar(PictureTexts texts)
{
    private const int Scale = 2; // units of the picture for a byte
    private const int Height = 14;
    private const int MostCounts = 8;

    /// <summary>The bar with the words beside it.</summary>
    /// <param name="page">Gets the HTML.</param>
    /// <param name="number">The number of the frame, from 1.</param>
    /// <param name="frame">What is known of it; null if the trace does not show it.</param>
    /// <param name="cuts">Where its pieces begin, in rising order; the last of them is what came now.</param>
    /// <param name="end">Where the bytes that are there end.</param>
    /// <param name="isOver">True if no more bytes of the frame come.</param>
    public void Draw(StringBuilder page, long number, TracedFrame? frame, IReadOnlyList<int> cuts, int end, bool isOver)
    {
        int last = cuts is [.., int start] ? start : 0;
        page.Append(CultureInfo.InvariantCulture, $"<div class=\"frame\"><svg class=\"bar\" viewBox=\"0 0 {Frame.Size * Scale} {Height}\" width=\"{Frame.Size * Scale}\" height=\"{Height}\" role=\"img\">");
        for (int i = 0; i <= cuts.Count; i++)
        {
            int from = i == 0 ? 0 : cuts[i - 1];
            int to = i < cuts.Count ? cuts[i] : end;
            if (from < to)
            {
                DrawPiece(page, number, frame, from, to, isNow: from >= last);
            }
        }

        if (end < Frame.Size)
        {
            DrawPart(page, "missing", end, Frame.Size, texts.Missing);
        }

        page.Append("</svg><span class=\"words\">").Append(WebUtility.HtmlEncode(texts.Frame)).Append(CultureInfo.InvariantCulture, $" {number}: ");
        if (isOver && frame is not null)
        {
            page.Append("<bdi class=\"said\">“").Append(Escape(frame.Shown)).Append(CultureInfo.InvariantCulture, $"”</bdi> <small>{frame.TextLength} + {WebUtility.HtmlEncode(string.Format(CultureInfo.InvariantCulture, texts.Spaces, frame.Size - frame.TextLength))}</small>");
        }

        if (end < Frame.Size)
        {
            string words = string.Format(CultureInfo.InvariantCulture, isOver ? texts.Torn : texts.Waiting, end, Frame.Size - end);
            page.Append(isOver ? " <small class=\"torn\">" : " <small>").Append(WebUtility.HtmlEncode(words)).Append("</small>");
        }
        else if (Counts(cuts, end) is { } counts)
        {
            page.Append(" <small class=\"joined\">").Append(WebUtility.HtmlEncode(counts)).Append("</small>");
        }

        page.Append("</span></div>\n");
    }

    /// <summary>Text of a peer or of a file, safe in HTML and on one line.</summary>
    public static string Escape(string text) =>
        WebUtility.HtmlEncode(string.Concat(text.Select(character => char.IsControl(character) || character >= '\uFFFE' ? '\uFFFD' : character)));

    /// <summary>One piece: its text, then its padding.</summary>
    private void DrawPiece(StringBuilder page, long number, TracedFrame? frame, int from, int to, bool isNow)
    {
        int text = Math.Clamp(frame?.TextLength ?? to, from, to);
        if (from < text)
        {
            string style = frame is null ? "unknown" : "text";
            DrawPart(page, isNow ? style : $"{style} before", from, text, Title(number, from, text, Hex(frame, from, text)));
        }

        if (text < to)
        {
            string spaces = string.Format(CultureInfo.InvariantCulture, texts.Spaces, to - text);
            DrawPart(page, isNow ? "padding" : "padding before", text, to, Title(number, text, to, spaces));
        }

        if (from > 0)
        {
            page.Append(CultureInfo.InvariantCulture, $"<line class=\"cut\" x1=\"{from * Scale}\" x2=\"{from * Scale}\" y1=\"0\" y2=\"{Height}\"/>");
        }
    }

    private static void DrawPart(StringBuilder page, string style, int from, int to, string title) =>
        page.Append(CultureInfo.InvariantCulture, $"<rect class=\"{style}\" x=\"{from * Scale}\" y=\"1\" width=\"{(to - from) * Scale}\" height=\"{Height - 2}\"><title>{Escape(title)}</title></rect>");

    private string Title(long number, int from, int to, string contents) =>
        $"{string.Format(CultureInfo.InvariantCulture, texts.Bytes, from, to - 1, number)}: {contents}";

    private string Hex(TracedFrame? frame, int from, int to)
    {
        if (frame?.Text is not { } text || to > text.Length)
        {
            return texts.Unknown;
        }

        ReadOnlySpan<byte> bytes = text.AsSpan(from, to - from);
        string hex = Convert.ToHexString(bytes);
        return $"{string.Join(' ', hex.Chunk(2).Select(pair => new string(pair)))}  “{VisibleText.Show(bytes)}”";
    }

    /// <summary>Of which pieces a whole frame was put together; null if it came in one.</summary>
    private string? Counts(IReadOnlyList<int> cuts, int end)
    {
        int[] marks = [0, .. cuts.Where(cut => cut > 0), end];
        return marks.Length <= 2 ? null
            : marks.Length - 1 > MostCounts ? string.Format(CultureInfo.InvariantCulture, texts.Pieces, marks.Length - 1)
            : $"{string.Join(" + ", marks.Zip(marks.Skip(1), (from, to) => to - from))} = {end}";
    }
}
