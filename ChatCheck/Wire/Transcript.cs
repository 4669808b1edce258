using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.Common;

namespace ThreadedChat.ChatCheck.Wire;

/// <summary>The bytes on all connections of one case, and on the program's streams, in the order in which the checker saw them.</summary>
internal sealed class Transcript
{
    /// <summary>The limit of kept lines, so that a flood does not fill the memory.</summary>
    private const int MostLines = 2_000;

    private const int MostBytesShown = 600;

    private readonly List<Line> _lines = [];
    private Line? _unanswered;

    public IReadOnlyList<Line> Lines => _lines;

    /// <summary>
    /// The last thing sent that was meant for the case, and not only to find out whether more has come; the question of a
    /// fence only if that is what was not answered.
    /// </summary>
    public Line? LastSent => _unanswered ?? _lines.LastOrDefault(line => line is { Direction: Direction.Sent, IsFence: false });

    /// <summary>Whether any bytes have arrived.</summary>
    public bool HasAnswer { get; private set; }

    /// <summary>Notes bytes that were sent or received.</summary>
    public void Add(string who, Direction direction, ReadOnlySpan<byte> bytes, bool isFence = false)
    {
        HasAnswer |= direction == Direction.Received && !bytes.IsEmpty;
        if (_lines.Count < MostLines)
        {
            Add(new Line(who, direction, Both(Show(bytes)), isFence));
        }
    }

    /// <summary>Notes that a question of a fence was not answered.</summary>
    public void AddUnanswered(string who, ReadOnlySpan<byte> question) =>
        _unanswered = new Line(who, Direction.Sent, Both(Show(question)), IsFence: true);

    /// <summary>Notes an event.</summary>
    public void Add(string who, Direction direction, Text what) => Add(new Line(who, direction, what, IsFence: false));

    /// <summary>
    /// Bytes for people: made visible, with their number if a frame has another number. Of many only the first, and not
    /// their number: how many of a flood have come differs from run to run.
    /// </summary>
    public static string Show(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MostBytesShown)
        {
            int count = bytes.Length % FrameFormat.Size == 0 ? FrameFormat.Size : MostBytesShown;
            return $"({Findings.Number(MostBytesShown)}+) {VisibleText.ShowPadded(bytes[..count])} …";
        }

        string shown = VisibleText.ShowPadded(bytes);
        return bytes.Length == FrameFormat.Size ? shown : $"({Findings.Number(bytes.Length)}) {shown}";
    }

    private static Text Both(string shown) => new(shown, shown);

    private void Add(Line line)
    {
        if (_lines.Count < MostLines)
        {
            _lines.Add(line);
        }
    }

    /// <summary>Which way something went, seen from here.</summary>
    internal enum Direction
    {
        /// <summary>To the program under test.</summary>
        Sent,

        /// <summary>From it.</summary>
        Received,
    }

    /// <summary>One line: the client of the scene, the direction, the bytes.</summary>
    internal sealed record Line(string Who, Direction Direction, Text What, bool IsFence)
    {
        /// <summary>The line for people.</summary>
        public Text Shown
        {
            get
            {
                string head = $"{Who} {(Direction == Direction.Sent ? "→" : "←")} ";
                return new Text(head + What.English, head + What.Portuguese);
            }
        }
    }
}
