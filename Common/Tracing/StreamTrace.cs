namespace ThreadedChat.Common.Tracing;

/// <summary>
/// One direction of a byte stream: the number of bytes, the whole frames, and the state of the incomplete frame. Uses no socket and no
/// clock. For one thread at a time.
/// </summary>
/// <param name="hidesToken">True to hide the secret part of the first frame: <see cref="AccountToken.FindSecret"/>.</param>
public sealed class StreamTrace(bool hidesToken = false)
{
    private const string HiddenToken = "(token)";

    private readonly byte[] _frame = new byte[Frame.Size];
    private int _partial;

    /// <summary>The number of whole frames.</summary>
    public long WholeFrames { get; private set; }

    /// <summary>The number of bytes.</summary>
    public long Bytes => (WholeFrames * Frame.Size) + _partial;

    /// <summary>A line with the torn frame at the end of the stream; null on a frame boundary.</summary>
    public string? Torn => _partial == 0
        ? null
        : $"frame {WholeFrames + 1}: {Describe(_frame.AsSpan(0, _partial), WholeFrames + 1)}; {_partial} of {Frame.Size} bytes: torn";

    /// <summary>Adds the next bytes of the stream. Returns a line for each frame that they complete.</summary>
    public IReadOnlyList<string> Add(ReadOnlySpan<byte> bytes)
    {
        var whole = new List<string>();
        while (!bytes.IsEmpty)
        {
            ReadOnlySpan<byte> piece = bytes[..Math.Min(bytes.Length, Frame.Size - _partial)];
            piece.CopyTo(_frame.AsSpan(_partial));
            _partial += piece.Length;
            bytes = bytes[piece.Length..];
            if (_partial == Frame.Size)
            {
                _partial = 0;
                WholeFrames++;
                whole.Add($"frame {WholeFrames}: {Describe(_frame, WholeFrames)}");
            }
        }

        return whole;
    }

    /// <summary>The state of the stream after an <see cref="Add"/> that completed <paramref name="whole"/> frames.</summary>
    public string Progress(int whole)
    {
        string done = whole switch
        {
            0 => "",
            1 => $"frame {WholeFrames} whole",
            _ => $"frames {WholeFrames - whole + 1} to {WholeFrames} whole",
        };
        string underWay = _partial == 0
            ? ""
            : $"frame {WholeFrames + 1}: {_partial} of {Frame.Size}, waiting for {Frame.Size - _partial}";
        return done.Length > 0 && underWay.Length > 0 ? $"{done}; {underWay}" : done + underWay;
    }

    /// <summary>Only spaces count as padding, so that the trace shows a sender that pads with another byte.</summary>
    private string Describe(ReadOnlySpan<byte> frame, long number)
    {
        ReadOnlySpan<byte> text = frame.TrimEnd(Frame.Padding);
        int secret = hidesToken && number == 1 ? AccountToken.FindSecret(text) : -1;
        string shown = secret < 0 ? VisibleText.Show(text) : VisibleText.Show(text[..secret]) + HiddenToken;
        return $"\"{shown}\"  {text.Length} bytes + {frame.Length - text.Length} padding";
    }
}
