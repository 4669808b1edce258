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

    /// <summary>Whole frames that were received. The stream has nothing but frames, from its first byte.</summary>
    public long Frames => Bytes / Frame.Size;

    /// <summary>Bytes of the frame that is not complete yet: 0 to 199.</summary>
    public int Partial => (int)(Bytes % Frame.Size);

    /// <summary>True between two receives.</summary>
    public bool IsWorking => Volatile.Read(ref _state.Value.IsWorking);

    /// <summary>The thread is about to receive.</summary>
    public void BeginReceive() => Volatile.Write(ref _state.Value.IsWorking, false);

    /// <summary>A receive has returned <paramref name="count"/> bytes.</summary>
    public void EndReceive(int count)
    {
        _state.Value.Receives++;
        _state.Value.Bytes += count;
        Volatile.Write(ref _state.Value.IsWorking, true);
    }

    private struct State
    {
        public long Receives;
        public long Bytes;
        public bool IsWorking;
    }
}
