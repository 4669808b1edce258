using System.Globalization;
using System.Net;
using System.Text;

namespace ThreadedChat.ChatClient.Decode;

/// <summary>Draws the lanes of a trace: one for the program that wrote it, one for each peer, and an arrow for each call.</summary>
internal sealed class PictureLanes
{
    private const int ProgramX = 40;
    private const int WidestStep = 190;
    private const int NarrowestStep = 46;
    private const int RoomForPeers = 420;
    private const int ArrowY = 20;
    private const int Head = 7; // the length of the tip of an arrow

    private readonly Dictionary<TracedPeer, int> _x = [];
    private readonly IReadOnlyList<TracedPeer> _peers;
    private readonly string _program;
    private readonly PictureTexts _texts;

    /// <param name="peers">A lane for each.</param>
    /// <param name="program">What to call the program that wrote the trace.</param>
    /// <param name="texts">The language.</param>
    public PictureLanes(IReadOnlyList<TracedPeer> peers, string program, PictureTexts texts)
    {
        (_peers, _program, _texts) = (peers, program, texts);
        Step = Math.Clamp(RoomForPeers / Math.Max(peers.Count, 1), NarrowestStep, WidestStep);
        foreach (TracedPeer peer in peers)
        {
            _x[peer] = ProgramX + (Step * (_x.Count + 1));
        }
    }

    /// <summary>From one lane to the next.</summary>
    private int Step { get; }

    /// <summary>The width of the lanes in pixels.</summary>
    public int Width => ProgramX + (Step * _peers.Count) + ProgramX;

    /// <summary>The names above the lanes, and the lines that each row refers to.</summary>
    public void DrawHead(StringBuilder page)
    {
        page.Append(CultureInfo.InvariantCulture, $"<div class=\"head\" style=\"width:{Width}px\">");
        DrawName(page, ProgramX, WebUtility.HtmlEncode(_program));
        foreach (TracedPeer peer in _peers)
        {
            string name = peer.Id == "server" ? WebUtility.HtmlEncode(_texts.Server)
                : peer.Name.Length == 0 ? FrameBar.Escape(peer.Id)
                : $"{FrameBar.Escape(peer.Id)} <bdi>{FrameBar.Escape(peer.Name)}</bdi>";
            DrawName(page, _x[peer], $"<span title=\"{FrameBar.Escape(peer.Address)}\">{name}</span>");
        }

        page.Append("</div><svg width=\"0\" height=\"0\" aria-hidden=\"true\"><defs><g id=\"lanes\">");
        foreach (int x in _x.Values.Prepend(ProgramX))
        {
            page.Append(CultureInfo.InvariantCulture, $"<line x1=\"{x}\" x2=\"{x}\" y1=\"0\" y2=\"9999\"/>");
        }

        page.Append("</g></defs></svg>\n");
    }

    /// <summary>The lanes beside a row; <paramref name="call"/> draws an arrow on them.</summary>
    public void Draw(StringBuilder page, TracedCall? call)
    {
        page.Append(CultureInfo.InvariantCulture, $"<div class=\"lanes\" style=\"width:{Width}px\"><svg width=\"{Width}\" height=\"100%\" aria-hidden=\"true\"><use href=\"#lanes\"/>");
        if (call is not null)
        {
            DrawCall(page, call, _x[call.Peer]);
        }

        page.Append("</svg></div>");
    }

    private void DrawName(StringBuilder page, int x, string html) =>
        page.Append(CultureInfo.InvariantCulture, $"<span class=\"lane\" style=\"left:{x - (Step / 2)}px;width:{Step}px\">{html}</span>");

    private void DrawCall(StringBuilder page, TracedCall call, int peer)
    {
        switch (call.Kind)
        {
            case CallKind.Connected:
                DrawArrow(page, "mark", peer, ProgramX, "");
                break;
            case CallKind.Receive:
                DrawArrow(page, "recv", peer, ProgramX, Text(call.Count));
                break;
            case CallKind.EndOfReceive:
                DrawArrow(page, "mark", peer, ProgramX, "0");
                break;
            case CallKind.Send:
                DrawArrow(page, "send", ProgramX, peer, call.Count < call.Offered ? $"{Text(call.Count)} / {Text(call.Offered)}" : Text(call.Count));
                break;
            case CallKind.EndOfSend:
                DrawArrow(page, "mark", ProgramX, peer, "0");
                break;
            case CallKind.Blocked:
                DrawArrow(page, "blocked", ProgramX, peer - 10, "0");
                page.Append(CultureInfo.InvariantCulture, $"<line class=\"wall\" x1=\"{peer - 6}\" x2=\"{peer - 6}\" y1=\"{ArrowY - 8}\" y2=\"{ArrowY + 8}\"/>");
                break;
            case CallKind.Closed:
                page.Append(CultureInfo.InvariantCulture, $"<rect class=\"dot\" x=\"{peer - 5}\" y=\"{ArrowY - 5}\" width=\"10\" height=\"10\"/>");
                break;
            default:
                page.Append(CultureInfo.InvariantCulture, $"<path class=\"cross\" d=\"M{peer - 6} {ArrowY - 6}l12 12m0 -12l-12 12\"/>");
                break;
        }
    }

    private void DrawArrow(StringBuilder page, string style, int from, int to, string label)
    {
        int tip = from < to ? -Head : Head;
        page.Append(CultureInfo.InvariantCulture, $"<g class=\"{style}\"><line x1=\"{from}\" x2=\"{to + tip}\" y1=\"{ArrowY}\" y2=\"{ArrowY}\"/><path d=\"M{to} {ArrowY}l{tip} -4v8z\"/>");
        if (label.Length > 0)
        {
            page.Append(CultureInfo.InvariantCulture, $"<text x=\"{Math.Max(from, to) - (Step / 2)}\" y=\"{ArrowY - 5}\">{label}</text>");
        }

        page.Append("</g>");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
