using System.Text;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Session;

/// <summary>
/// The messages of one channel that the user has seen, to find out which lines of its history are new to the user. Has no lock: its owner
/// has one.
/// </summary>
/// <remarks>
/// The history has the messages of all in the one order of the channel. The client knows the order of what it has received, but not where its
/// own messages stand among them. So those of others are compared in order, and its own ones apart from them. All are kept in the form of the
/// history: without the time, and cut where the time leaves less room.
/// </remarks>
/// <param name="ownName">The user's name.</param>
internal sealed class ShownMessages(string ownName)
{
    /// <summary>The most lines kept of others, and of the user.</summary>
    public const int Max = 1000;

    private readonly string _ownPrefix = $"[{ownName}] ";
    private readonly List<string> _own = [];
    private readonly List<string> _earlier = []; // before the client joined the last time; without a gap
    private readonly List<string> _live = []; // since then
    private int _uncertain; // so many of them, the first ones, may be of the channel that the client was in before

    /// <summary>The client has joined the channel, perhaps again: it may have missed messages.</summary>
    /// <param name="between">What was received while it was unknown whether the client was in this channel already.</param>
    public void Join(params IEnumerable<string> between)
    {
        _earlier.AddRange(_live);
        Trim(_earlier);
        _live.Clear();
        foreach (string line in between)
        {
            Add(line);
        }

        _uncertain = _live.Count;
    }

    /// <summary>A message to the channel was received, or one of the user was sent.</summary>
    /// <param name="line">The line as the server shows it: <c>[Name] text</c>.</param>
    public void Add(string line)
    {
        List<string> lines = IsOwn(line) ? _own : _live;
        lines.AddRange(AsInHistory(line));
        Trim(lines);
    }

    /// <summary>The lines of the history that the user has not seen. From now on they count as seen.</summary>
    /// <param name="history">The end of the channel's history, the oldest first.</param>
    /// <param name="foreign">What was received while the channel was unknown, and is of the other channel.</param>
    public IReadOnlyList<ReceivedText> TakeUnseen(IReadOnlyList<ReceivedText> history, out IReadOnlyList<string> foreign)
    {
        string[] lines = [.. history.Select(text => text.Text[PastLine.TimeLength..].TrimEnd())];
        var isSeen = new bool[lines.Length];
        int[] others = [.. Enumerable.Range(0, lines.Length).Where(i => !IsOwn(lines[i]))];
        int[] own = [.. Enumerable.Range(0, lines.Length).Where(i => IsOwn(lines[i]))];
        MarkLatest(lines, own, _own, isSeen, stopsAtFirst: false, out _);
        int live = MarkLatest(lines, others, _live, isSeen, stopsAtFirst: true, out int firstLive);
        foreign = _live[..Math.Min(_uncertain, firstLive)]; // the history does not have them
        _live.RemoveRange(0, foreign.Count);
        _uncertain = 0;

        int[] before = others[..^live];
        int end = EndOfOverlap(lines, before);
        int overlap = Math.Min(end, _earlier.Count);
        foreach (int i in before[(end - overlap)..end])
        {
            isSeen[i] = true;
        }

        if (end == 0)
        {
            _earlier.Clear(); // between what was seen before and this history is a gap
        }

        _earlier.AddRange(before[end..].Select(i => lines[i]));
        Trim(_earlier);
        _own.InsertRange(0, own.Where(i => !isSeen[i]).Select(i => lines[i]));
        Trim(_own);
        return [.. history.Where((_, i) => !isSeen[i])];
    }

    /// <summary>
    /// From the end back, marks each line that is in <paramref name="shown"/> in the same order. Returns how many lines were marked;
    /// <paramref name="first"/> is the place in <paramref name="shown"/> of the first of them.
    /// </summary>
    private static int MarkLatest(string[] lines, int[] indices, List<string> shown, bool[] isSeen, bool stopsAtFirst, out int first)
    {
        int marked = 0;
        first = shown.Count;
        int next = shown.Count - 1;
        for (int k = indices.Length - 1; k >= 0 && next >= 0; k--)
        {
            int found = shown.LastIndexOf(lines[indices[k]], next);
            if (found >= 0)
            {
                isSeen[indices[k]] = true;
                first = found;
                next = found - 1;
                marked++;
            }
            else if (stopsAtFirst)
            {
                break;
            }
        }

        return marked;
    }

    /// <summary>
    /// How many of these lines the history has up to the last one that was seen earlier. The end of what was seen is compared with the
    /// lines before that place: the most lines that agree decide, and of equal ones the first place.
    /// </summary>
    private int EndOfOverlap(string[] lines, int[] indices)
    {
        int best = 0;
        for (int end = 1; end <= indices.Length; end++)
        {
            int compared = Math.Min(end, _earlier.Count);
            if (compared > Math.Min(best, _earlier.Count) && Enumerable.Range(1, compared).All(back => lines[indices[end - back]] == _earlier[^back]))
            {
                best = end;
            }
        }

        return best;
    }

    private bool IsOwn(string line) => line.StartsWith(_ownPrefix, StringComparison.Ordinal);

    /// <summary>The pieces that the server makes of a message when a time is in front.</summary>
    private static IEnumerable<string> AsInHistory(string line)
    {
        int textStart = line.IndexOf("] ", StringComparison.Ordinal) + 2;
        string prefix = line[..textStart];
        byte[] rest = Encoding.UTF8.GetBytes(line[textStart..]);
        int room = Math.Max(4, Frame.Size - PastLine.TimeLength - Encoding.UTF8.GetByteCount(prefix));
        var pieces = new List<string>();
        while (rest.Length > 0)
        {
            int piece = FrameSplitter.NextPiece(rest, room);
            pieces.Add((prefix + Encoding.UTF8.GetString(rest, 0, piece)).TrimEnd());
            rest = rest[piece..];
        }

        return pieces;
    }

    private static void Trim(List<string> lines)
    {
        if (lines.Count > Max)
        {
            lines.RemoveRange(0, lines.Count - Max);
        }
    }
}
