namespace ThreadedChat.Common.Tracing;

/// <summary>
/// One direction of one byte stream, watched: how many bytes, which frames they make, how far the frame under way is. Knows
/// no socket and no clock. One thread at a time.
/// </summary>
public sealed class StreamTrace
{
    private readonly byte[] _frame = new byte[Frame.Size];
    private int _partial;

    /// <summary>Frames of which all bytes were seen.</summary>
    public long WholeFrames { get; private set; }

    /// <summary>All bytes seen.</summary>
    public long Bytes => (WholeFrames * Frame.Size) + _partial;

    /// <summary>What there is of a frame whose end never came, in one line; null on a frame boundary.</summary>
    public string? Torn => _partial == 0
        ? null
        : $"frame {WholeFrames + 1}: {Describe(_frame.AsSpan(0, _partial))}; {_partial} of {Frame.Size} bytes: torn";

    /// <summary>Counts <paramref name="bytes"/>, which follow those before. The frames they make whole, a line each.</summary>
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
                whole.Add($"frame {WholeFrames}: {Describe(_frame)}");
            }
        }

        return whole;
    }

    /// <summary>How far the stream is, after an <see cref="Add"/> that made <paramref name="whole"/> frames whole.</summary>
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

    /// <summary>Only spaces count as padding: whatever else a sender fills up with is a thing to see.</summary>
    private static string Describe(ReadOnlySpan<byte> frame)
    {
        ReadOnlySpan<byte> text = frame.TrimEnd(Frame.Padding);
        return $"\"{VisibleText.Show(text)}\"  {text.Length} bytes + {frame.Length - text.Length} padding";
    }
}
