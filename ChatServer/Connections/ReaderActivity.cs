using ThreadedChat.ChatServer.Machine;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>
/// What one reader thread counts and does. Only that thread writes, in plain fields; any thread reads, and sees about the present. So
/// it costs the chat a few writes for each receive.
/// </summary>
internal sealed class ReaderActivity
{
    private Padded<State> _state;

    /// <summary>Receives that returned bytes.</summary>
    public long Receives => Volatile.Read(ref _state.Value.Receives);

    /// <summary>Bytes that were received.</summary>
    public long Bytes => Volatile.Read(ref _state.Value.Bytes);

    /// <summary>Whole frames that were received.</summary>
    public long Frames => Volatile.Read(ref _state.Value.Frames);

    /// <summary>Bytes of the frame that is not complete yet: 0 to 199.</summary>
    public int Partial => Volatile.Read(ref _state.Value.Partial);

    /// <summary>True between two receives.</summary>
    public bool IsWorking => Volatile.Read(ref _state.Value.IsWorking);

    /// <summary>The thread is about to receive.</summary>
    public void BeginReceive() => Volatile.Write(ref _state.Value.IsWorking, false);

    /// <summary>A receive has put <paramref name="count"/> bytes into <paramref name="buffer"/>.</summary>
    public void EndReceive(int count, FrameBuffer buffer)
    {
        _state.Value.Receives++;
        _state.Value.Bytes += count;
        _state.Value.Frames += buffer.WholeFrames.Length / Frame.Size;
        _state.Value.Partial = buffer.PartialLength;
        Volatile.Write(ref _state.Value.IsWorking, true);
    }

    private struct State
    {
        public long Receives;
        public long Bytes;
        public long Frames;
        public int Partial;
        public bool IsWorking;
    }
}
