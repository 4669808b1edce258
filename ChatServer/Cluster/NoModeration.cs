using ThreadedChat.ChatServer.Channels;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>For a server whose parts are not all made yet: it has no clients.</summary>
internal sealed class NoModeration : ILocalModeration
{
    public static readonly NoModeration Instance = new();

    private NoModeration()
    {
    }

    public SharedLists Lists => SharedLists.None;

    public void Take(SharedLists lists)
    {
    }

    public void End(Participant participant, EndCause cause, string text)
    {
    }

    public void Announce(ReadOnlyMemory<byte> frames)
    {
    }
}
