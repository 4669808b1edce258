using ThreadedChat.ChatServer.Channels;

namespace ThreadedChat.ChatServer.Tests.Doubles;

/// <summary>The outbox of a participant without memory: takes frames, and fails in every wait.</summary>
internal sealed class FailingOutbox : IOutbox
{
    public bool IsOpen => true;

    public bool IsCongested { get; init; }

    public bool Append(ReadOnlyMemory<byte> frames) => IsCongested;

    public void WaitForSpace() => throw new InsufficientMemoryException();

    public void WaitForTurn() => throw new InsufficientMemoryException();

    public void GrantTurn()
    {
    }

    public void Spend(long bytes)
    {
    }
}
