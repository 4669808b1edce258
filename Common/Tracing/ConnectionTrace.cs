using System.Net;
using System.Text;

namespace ThreadedChat.Common.Tracing;

/// <summary>
/// Tells each system call on one connection: a line for it, and a line below for each frame that it made whole
/// (docs/trace.md has the form). One thread receives and one sends; the rest may be called by any.
/// </summary>
/// <remarks>
/// A line is written after its call. A send's line carries the time before the call. A receive that returns while a send is
/// running waits for the line of that send, so that an answer never stands above its question.
/// </remarks>
public sealed class ConnectionTrace
{
    /// <summary>What stands before a frame, so that it lines up under the peer.</summary>
    private static readonly string Indent = new(' ', "HH:mm:ss.ffffff ".Length);

    /// <summary>For the address of a peer that was gone before it could be asked for.</summary>
    private const string Gone = "gone";

    private readonly StreamTrace _received = new();
    private readonly StreamTrace _sent = new();
    private readonly TraceWriter _writer;
    private readonly string _id;
    private volatile string _peer;
    private DateTimeOffset _sendBegan;
    private volatile bool _isSending;

    /// <summary>Begins, with a line, to show the connection that is to be called <paramref name="id"/>.</summary>
    /// <param name="writer">Where the lines go.</param>
    /// <param name="id">What stands before each line.</param>
    /// <param name="peer">See <see cref="PeerEndPoint.Of"/>.</param>
    public ConnectionTrace(TraceWriter writer, string id, IPEndPoint? peer)
    {
        _writer = writer;
        _id = id;
        _peer = $"{id} {peer?.ToString() ?? Gone}";
        Note("connected");
    }

    /// <summary>How long a receive waits for a send under way. A send that takes longer is one that waits itself.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>The peer has a name from now on.</summary>
    public void Named(string name) => _peer = $"{_peer} [{VisibleText.Show(Encoding.UTF8.GetBytes(name))}]";

    /// <summary>A receive has returned <paramref name="count"/> bytes in <paramref name="buffer"/>: 0 at the end of the stream, less where the connection is lost.</summary>
    public void Received(int count, ReadOnlySpan<byte> buffer)
    {
        DateTimeOffset returned = _writer.Now;
        SpinWait.SpinUntil(() => !_isSending, Patience);

        if (count > 0)
        {
            IReadOnlyList<string> frames = _received.Add(buffer[..count]);
            Write(returned, $"recv {count,5} bytes   {_received.Progress(frames.Count)}", "recv", frames);
            return;
        }

        string what = count == 0 ? $"recv {0,5} bytes   end of stream" : "recv failed        connection lost";
        string? torn = _received.Torn;
        Write(
            returned,
            torn is null ? $"{what}, on a frame boundary" : $"{what}, inside a frame",
            "recv",
            torn is null ? [] : [torn]);
    }

    /// <summary>A send is about to be made.</summary>
    public void BeginSend()
    {
        _sendBegan = _writer.Now;
        _isSending = true;
    }

    /// <summary>
    /// The send of <paramref name="offered"/> has returned how many bytes were <paramref name="taken"/>; less than 0 where
    /// the connection is lost.
    /// </summary>
    public void Sent(ReadOnlySpan<byte> offered, int taken)
    {
        IReadOnlyList<string> frames = _sent.Add(offered[..Math.Max(taken, 0)]);
        string count = taken == offered.Length ? $"send {taken,5} bytes   " : $"send {taken,5} of {offered.Length} bytes   ";
        string what = taken switch
        {
            < 0 => "send failed        connection lost",
            0 => $"{count}the peer takes nothing now",
            _ => count + _sent.Progress(frames.Count),
        };
        Write(_sendBegan, what, "send", frames);
        _isSending = false;
    }

    /// <summary>The peer was told that no more will be sent to it.</summary>
    public void EndedSending() => Note($"send {0,5} bytes   end of stream");

    /// <summary>Anything else that happened to the connection, in a few words.</summary>
    public void Note(string what) => Write(_writer.Now, what, "", []);

    private void Write(DateTimeOffset time, string what, string direction, IReadOnlyList<string> frames)
    {
        var lines = new StringBuilder();
        lines.Append($"{time:HH:mm:ss.ffffff} {_peer} {what}\n");
        foreach (string frame in frames)
        {
            lines.Append($"{Indent}{_id} {direction} {frame}\n");
        }

        _writer.Write(lines.ToString());
    }
}
