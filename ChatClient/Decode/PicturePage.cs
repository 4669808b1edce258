using System.Globalization;
using System.Net;
using System.Text;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Decode;

/// <summary>
/// One page of HTML that shows captured bytes or a trace (docs/trace.md): complete in itself, without a script, and with nothing of a peer in it
/// that is markup.
/// </summary>
internal sealed class PicturePage
{
    /// <summary>More would be a page that no browser scrolls smoothly.</summary>
    public const int MostCalls = 5_000;

    /// <summary>More lanes would be wider than any screen.</summary>
    public const int MostPeers = 12;

    private const int MostFrames = 12; // of one call

    // Of many sends in a row that sent nothing the first ones and the last ones are drawn, if at least a few are between them.
    private const int FirstBlocked = 3;
    private const int LastBlocked = 2;
    private const int LeastLeftOut = 3;

    private static readonly TimeSpan LongestWithoutMark = TimeSpan.FromMilliseconds(100);

    private readonly StringBuilder _page = new();
    private readonly PictureTexts _texts;
    private readonly FrameBar _bar;

    private PicturePage(PictureTexts texts, string name, string how, bool hasCalls, bool hasUnknown)
    {
        (_texts, _bar) = (texts, new FrameBar(texts));
        string title = $"{WebUtility.HtmlEncode(texts.Title)}: {FrameBar.Escape(name)}";
        _page.Append(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html>
            <html lang="{texts.Language}">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width"/>
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
            <title>{title}</title>
            <style>{PictureStyle.Css}</style>
            </head>
            <body>
            <h1>{title}</h1>
            <p>{WebUtility.HtmlEncode(how)}</p>
            <p class="legend">{Key("text", texts.Text)}{Key("padding", texts.Padding)}{(hasCalls ? Key("text before", texts.Earlier) : "")}{Key("missing", texts.Missing)}{(hasUnknown ? Key("unknown", texts.Unknown) : "")}</p>

            """);
    }

    /// <summary>The page of a trace.</summary>
    public static string Format(TraceFile trace, string name, PictureTexts texts, bool isCut)
    {
        TracedPeer[] peers = [.. trace.Peers.Take(MostPeers)];
        TracedCall[] calls = [.. trace.Calls.Where(call => peers.Contains(call.Peer)).Take(MostCalls)];
        var page = new PicturePage(texts, name, texts.How, hasCalls: true, calls.Any(HasUnknown));
        if (isCut)
        {
            page.AddNote(texts.CutBytes, Decoder.MostBytes);
        }

        if (peers.Length < trace.Peers.Count)
        {
            page.AddNote(texts.CutPeers, peers.Length, trace.Peers.Count);
        }

        if (calls.Length == MostCalls)
        {
            page.AddNote(texts.Cut, calls.Length, trace.Calls.Count);
        }

        page.AddCalls(calls, new PictureLanes(peers, trace.IsOfClient ? texts.ThisClient : texts.Server, texts));
        return page.End();
    }

    /// <summary>The page of captured bytes.</summary>
    public static string Format(ReadOnlySpan<byte> bytes, string name, PictureTexts texts, bool isCut)
    {
        var page = new PicturePage(texts, name, texts.HowBytes, hasCalls: false, hasUnknown: false);
        if (isCut)
        {
            page.AddNote(texts.CutBytes, Decoder.MostBytes);
        }

        long number = 0;
        for (int at = 0; at < bytes.Length; at += Frame.Size)
        {
            ReadOnlySpan<byte> frame = bytes[at..Math.Min(at + Frame.Size, bytes.Length)];
            byte[] text = frame.TrimEnd(Frame.Padding).ToArray();
            page._bar.Draw(page._page, ++number, new TracedFrame(VisibleText.Show(text), text.Length, frame.Length, text), [], frame.Length, isOver: true);
        }

        page.AddNote(texts.Sums, bytes.Length, bytes.Length / Frame.Size);
        return page.End();
    }

    private static string Key(string style, string words) =>
        $"<span><svg width=\"24\" height=\"14\" aria-hidden=\"true\"><rect class=\"{style}\" x=\"1\" y=\"1\" width=\"22\" height=\"12\"/></svg> {WebUtility.HtmlEncode(words)}</span> ";

    private string End() => _page.Append("</body>\n</html>\n").ToString();

    private void AddNote(string words, params object[] numbers) =>
        _page.Append("<p class=\"note\">").Append(WebUtility.HtmlEncode(string.Format(CultureInfo.InvariantCulture, words, numbers))).Append("</p>\n");

    private void AddCalls(TracedCall[] calls, PictureLanes lanes)
    {
        _page.Append("<div class=\"calls\">\n<div class=\"row top\"><span></span>");
        lanes.DrawHead(_page);
        _page.Append("</div>\n");
        int blocked = 0; // that were drawn one after the other
        for (int i = 0; i < calls.Length; i++)
        {
            if (i > 0 && calls[i].Time - calls[i - 1].Time >= LongestWithoutMark)
            {
                AddBetween(lanes, string.Format(CultureInfo.InvariantCulture, _texts.Later, Span(calls[i].Time - calls[i - 1].Time)));
            }

            AddCall(calls[i], lanes);
            blocked = RepeatsBlocked(calls, i) ? blocked + 1 : 1;
            int leftOut = BlockedAfter(calls, i) - LastBlocked;
            if (blocked == FirstBlocked && leftOut >= LeastLeftOut)
            {
                AddBetween(lanes, string.Format(CultureInfo.InvariantCulture, _texts.MoreBlocked, leftOut));
                i += leftOut;
            }
        }

        _page.Append("</div>\n");
    }

    /// <summary>True if a call is a send that sent nothing, as the call before it was, and of the same bytes.</summary>
    private static bool RepeatsBlocked(TracedCall[] calls, int at) =>
        at > 0 && calls[at].Kind == CallKind.Blocked && calls[at - 1].Kind == CallKind.Blocked
        && calls[at].Peer == calls[at - 1].Peer && calls[at].Offered == calls[at - 1].Offered;

    private static int BlockedAfter(TracedCall[] calls, int at)
    {
        int next = at + 1;
        while (next < calls.Length && RepeatsBlocked(calls, next))
        {
            next++;
        }

        return next - at - 1;
    }

    /// <summary>Words between two calls.</summary>
    private void AddBetween(PictureLanes lanes, string words)
    {
        _page.Append("<div class=\"row gap\"><span></span>");
        lanes.Draw(_page, null);
        _page.Append(CultureInfo.InvariantCulture, $"<span class=\"what\">{WebUtility.HtmlEncode(words)}</span></div>\n");
    }

    private void AddCall(TracedCall call, PictureLanes lanes)
    {
        _page.Append(CultureInfo.InvariantCulture, $"<div class=\"row\"><time>{call.Time.ToString(@"hh\:mm\:ss\.ffffff", CultureInfo.InvariantCulture)}</time>");
        lanes.Draw(_page, call);
        _page.Append("<div class=\"what\">");
        if (call.Kind is CallKind.Receive or CallKind.Send)
        {
            AddFrames(call);
        }
        else
        {
            string words = string.Format(CultureInfo.InvariantCulture, _texts.Events[call.Kind], call.Offered);
            string peer = call.Peer.Id == "server" ? "" : $"{call.Peer.Id} ";
            string reason = call.Words.Split(": ") is [_, var last] ? $": {_texts.Reasons.GetValueOrDefault(last, last)}" : "";
            _page.Append("<span class=\"event\">").Append(FrameBar.Escape($"{peer}{words}{reason}")).Append("</span>");
            AddTorn(call);
        }

        _page.Append("</div></div>\n");
    }

    /// <summary>The numbers of the first and the last frame that a receive or a send has touched.</summary>
    private static (long First, long Last) FramesOf(TracedCall call) =>
        ((call.Start / Frame.Size) + 1, (call.Start + call.Count + Frame.Size - 1) / Frame.Size);

    /// <summary>True if the trace does not show a frame of the call: it never became whole, or its lines were left out.</summary>
    private static bool HasUnknown(TracedCall call)
    {
        if (call.Kind is not (CallKind.Receive or CallKind.Send))
        {
            return false;
        }

        (long first, long last) = FramesOf(call);
        for (long number = first; number <= last; number++)
        {
            if (call.Stream.Find(number) is null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A bar for each frame that the call has touched.</summary>
    private void AddFrames(TracedCall call)
    {
        long end = call.Start + call.Count;
        (long first, long last) = FramesOf(call);
        for (long number = first; number <= last; number++)
        {
            if (last - first >= MostFrames && number == first + (MostFrames / 2))
            {
                AddNote(_texts.MoreFrames, last - first + 1 - MostFrames);
                number = last + 1 - (MostFrames / 2);
            }

            int reached = (int)Math.Min(end - ((number - 1) * Frame.Size), Frame.Size);
            _bar.Draw(_page, number, call.Stream.Find(number), call.Stream.CutsIn(number, end), reached, isOver: reached == Frame.Size);
        }
    }

    /// <summary>The frame that the end of a stream has torn.</summary>
    private void AddTorn(TracedCall call)
    {
        TracedStream stream = call.Peer.Received;
        long number = (stream.End / Frame.Size) + 1;
        if (call.Kind is CallKind.EndOfReceive or CallKind.Lost && stream.Find(number) is { Size: < Frame.Size } torn)
        {
            _bar.Draw(_page, number, torn, [], torn.Size, isOver: true);
        }
    }

    private string Span(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0##} s").Replace(".", _texts.DecimalPoint, StringComparison.Ordinal);
}
