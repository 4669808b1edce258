using System.Text;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Input;

/// <summary>
/// Turns typed lines into frames (docs/protocol.md, section 5). Knows no socket and no screen. Of an unfinished line it keeps at
/// most one frame.
/// </summary>
internal sealed class LineFramer
{
    // The least that FrameSplitter.SplitLine accepts. Only a name that is too long for a server leaves less.
    private const int LeastRoom = 16;

    // A receiver strips these from the end of a frame: see Frame.Text.
    private static readonly char[] Blanks = [' ', '\r', '\t'];

    private static readonly string ControlMessageTooLong =
        $"A control message has at most {Frame.Size} bytes: this one was not sent.";

    private readonly int _room;
    private bool _isInsideLine;
    private bool _isControlMessage;
    private string _unsent = "";

    /// <summary>For a user called <paramref name="name"/>: the server puts <c>[name] </c> in front of each frame's text.</summary>
    public LineFramer(string name) =>
        _room = Math.Max(LeastRoom, Frame.Size - Encoding.UTF8.GetByteCount($"[{name}] "));

    /// <summary>
    /// Encodes the next part of a line, once for all users of the result.
    /// </summary>
    public FramedLine Next(LinePart part)
    {
        bool startsLine = !_isInsideLine;
        _isInsideLine = !part.EndsLine;
        if (startsLine)
        {
            _isControlMessage = part.Text.StartsWith(ControlMessage.Mark);
        }

        return _isControlMessage
            ? Control(part, isWhole: startsLine && part.EndsLine)
            : new FramedLine(Message(part));
    }

    /// <summary>The number of messages that a whole line is sent as: 1 for a control message, 0 for a blank line.</summary>
    public int CountMessages(string line)
    {
        string text = WithoutTrailingSpace(line);
        return text.Length == 0 ? 0
            : text[0] == ControlMessage.Mark || Encoding.UTF8.GetByteCount(text) <= _room ? 1
            : FrameSplitter.SplitLine(text, _room).Count;
    }

    /// <summary>A control message is never cut. A line that arrives in parts is longer than a frame.</summary>
    private static FramedLine Control(LinePart part, bool isWhole)
    {
        byte[] text = isWhole ? Encoding.UTF8.GetBytes(WithoutTrailingSpace(part.Text)) : [];
        if (isWhole && text.Length <= Frame.Size)
        {
            var frame = new byte[Frame.Size];
            Frame.Encode(text, frame);
            return new FramedLine(frame, ControlMessage.TryParse(text, out ControlMessage command) ? command : null);
        }

        return new FramedLine([], Notice: part.EndsLine ? ControlMessageTooLong : null);
    }

    /// <summary>Keeps the last piece of an unfinished line, so that the cuts are the same as for the whole line.</summary>
    private byte[] Message(LinePart part)
    {
        // A part may end inside a run of blanks at a cut: one of them is kept.
        string text = _unsent + (_unsent is " " or "\t" or "\r" ? part.Text.TrimStart(Blanks) : part.Text);
        _unsent = "";
        if (!part.EndsLine)
        {
            IReadOnlyList<string> pieces = FrameSplitter.SplitLine(text, _room);
            _unsent = pieces[^1];
            return EncodeAll(pieces, pieces.Count - 1);
        }

        text = WithoutTrailingSpace(text);
        if (text.Length == 0)
        {
            return [];
        }

        IReadOnlyList<string> all = FrameSplitter.SplitLine(text, _room);
        return EncodeAll(all, all.Count);
    }

    private static byte[] EncodeAll(IReadOnlyList<string> pieces, int count)
    {
        var frames = new byte[count * Frame.Size];
        for (int i = 0; i < count; i++)
        {
            Frame.Encode(pieces[i]).CopyTo(frames, i * Frame.Size);
        }

        return frames;
    }

    private static string WithoutTrailingSpace(string text) => text.TrimEnd(Blanks);
}
