using System.Buffers;

namespace ThreadedChat.ChatServer.History;

/// <summary>Joins runs of one channel and one millisecond to longer ones, and packs their frames: a run is often a single message.</summary>
/// <param name="take">Takes the first run of those that were joined, and the packed frames of all, which are valid during the call only.</param>
internal sealed class RunJoiner(Action<MessageRun, ReadOnlyMemory<byte>> take)
{
    /// <summary>A longer run would take memory for longer than it saves time.</summary>
    private const int MaxBytes = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _packed = new();
    private MessageRun? _first;

    /// <summary>Adds the next run.</summary>
    public void Add(in MessageRun run)
    {
        if (!Fits(run))
        {
            Flush();
            _first = run;
        }

        PackedFrames.Pack(run.Frames.Span, _packed);
    }

    /// <summary>Gives out the last run.</summary>
    public void Flush()
    {
        if (_first is MessageRun first)
        {
            take(first, _packed.WrittenMemory);
        }

        _first = null;
        _packed.ResetWrittenCount();
    }

    private bool Fits(in MessageRun run) =>
        _first is MessageRun first
        && first.Channel == run.Channel
        && first.At == run.At
        && first.Missing == 0
        && run.Missing == 0
        && _packed.WrittenCount < MaxBytes;
}
