using System.Net;
using System.Text;

namespace ThreadedChat.Common.Tracing;

/// <summary>
/// Traces each system call on one connection: a line for the call, and a line below for each frame that it completed (docs/trace.md has
/// the format). One thread receives and one sends; any thread may call the other methods.
/// </summary>
/// <remarks>
/// A line is written after its call. The line of a send has the time before the call. A receive that returns while a send is running
/// waits for the line of that send, so that an answer never appears above its question.
/// </remarks>
public sealed class ConnectionTrace
{
    /// <summary>The indent of a frame, which aligns it with the peer.</summary>
    private static readonly string Indent = new(' ', "HH:mm:ss.ffffff ".Length);

    /// <summary>Replaces the address of a peer that disconnected before the address was read.</summary>
    private const string Gone = "gone";

    private readonly StreamTrace _received;
    private readonly StreamTrace _sent;
    private readonly TraceWriter _writer;
    private readonly string _id;
    private volatile string _peer;
    private DateTimeOffset _sendBegan;
    private volatile bool _isSending;

    /// <summary>Starts the trace of a connection with its first line.</summary>
    /// <param name="writer">The target of the lines.</param>
    /// <param name="id">The beginning of each line.</param>
    /// <param name="peer">See <see cref="PeerEndPoint.Of"/>.</param>
    /// <param name="receivesToken">True if the first frame received may have the token of an account, which is not shown.</param>
    /// <param name="sendsToken">The same for the first frame sent.</param>
    public ConnectionTrace(TraceWriter writer, string id, IPEndPoint? peer, bool receivesToken = false, bool sendsToken = false)
    {
        _received = new StreamTrace(receivesToken);
        _sent = new StreamTrace(sendsToken);
        _writer = writer;
        _id = id;
        _peer = $"{id} {peer?.ToString() ?? Gone}";
        Note("connected");
    }

    /// <summary>How long a receive waits for a running send. A send that takes longer is waiting itself.</summary>
    public TimeSpan SendLimit { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>The server has accepted the name of the peer.</summary>
    public void Named(string name) => _peer = $"{_peer} [{VisibleText.Show(Encoding.UTF8.GetBytes(name))}]";

    /// <summary>A receive has returned <paramref name="count"/> bytes in <paramref name="buffer"/>: 0 at the end of the stream, less than 0 if the connection is lost.</summary>
    public void Received(int count, ReadOnlySpan<byte> buffer)
    {
        DateTimeOffset returned = _writer.Now;
        SpinWait.SpinUntil(() => !_isSending, SendLimit);

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

    /// <summary>A send begins.</summary>
    public void BeginSend()
    {
        _sendBegan = _writer.Now;
        _isSending = true;
    }

    /// <summary>
    /// The send of <paramref name="offered"/> has returned: <paramref name="taken"/> is the number of sent bytes, less than 0 if the
    /// connection is lost.
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

    /// <summary>This program has ended its stream to the peer.</summary>
    public void EndedSending() => Note($"send {0,5} bytes   end of stream");

    /// <summary>Another event of the connection, in a few words.</summary>
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
