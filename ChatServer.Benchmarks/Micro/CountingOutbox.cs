using ThreadedChat.ChatServer.Channels;

namespace ThreadedChat.ChatServer.Benchmarks.Micro;

/// <summary>An outbox that only counts bytes.</summary>
internal sealed class CountingOutbox : IOutbox
{
    /// <summary>The bytes up to now.</summary>
    public long Bytes { get; private set; }

    public bool IsOpen => true;

    public bool IsCongested => false;

    public bool Append(ReadOnlyMemory<byte> frames)
    {
        Bytes += frames.Length;
        return false;
    }

    public void WaitForSpace()
    {
    }

    public void WaitForTurn()
    {
    }

    public void GrantTurn()
    {
    }

    public void Spend(long bytes)
    {
    }
}
