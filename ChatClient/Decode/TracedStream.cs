using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Decode;

/// <summary>One direction of a traced connection: its frames, and where its calls have cut it.</summary>
internal sealed class TracedStream
{
    private readonly Dictionary<long, TracedFrame> _frames = [];
    private readonly List<long> _cuts = [];

    /// <summary>The number of bytes that are known to have passed.</summary>
    public long End { get; private set; }

    /// <summary>A call has moved <paramref name="count"/> bytes, up to <paramref name="end"/>. Returns where they begin.</summary>
    public long Add(long count, long end)
    {
        End = end;
        _cuts.Add(end - count);
        return end - count;
    }

    /// <summary>The trace shows the frame with this number, which counts from 1.</summary>
    public void Show(long number, TracedFrame frame) => _frames[number] = frame;

    /// <summary>The frame with this number; null if the trace does not show it.</summary>
    public TracedFrame? Find(long number) => _frames.GetValueOrDefault(number);

    /// <summary>Where the frame with this number was cut, up to the byte <paramref name="end"/> of the stream: offsets in the frame.</summary>
    public IReadOnlyList<int> CutsIn(long number, long end)
    {
        long first = (number - 1) * Frame.Size;
        int index = _cuts.BinarySearch(first + 1);
        var cuts = new List<int>();
        for (int i = index < 0 ? ~index : index; i < _cuts.Count && _cuts[i] < Math.Min(end, first + Frame.Size); i++)
        {
            cuts.Add((int)(_cuts[i] - first));
        }

        return cuts;
    }
}
