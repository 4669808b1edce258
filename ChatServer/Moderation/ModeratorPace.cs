using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.Common.Unicode;

namespace ThreadedChat.ChatServer.Moderation;

/// <summary>
/// Bounds how often a moderator acts in the chat. Each action is a line of the audit, may write a file and may reach all clients: with a stolen
/// token somebody could fill the disk, or announce so much that members that read are disconnected. A moderator that pastes a list of
/// commands waits at most, on the thread of that client; nothing is rejected.
/// </summary>
internal sealed class ModeratorPace(TimeProvider time)
{
    /// <summary>Actions at once: more than a class.</summary>
    internal const int Burst = 100;

    private const double PerSecond = 1;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    /// <summary>Guards <see cref="_actions"/>. A leaf.</summary>
    private readonly Lock _gate = new();

    /// <summary>By account: a moderator that connects again has no new burst.</summary>
    private readonly TokenBuckets<string> _actions = new(PerSecond, Burst, time);

    /// <summary>Waits until the moderator may act. False if its connection is ending: then it does nothing more.</summary>
    public bool Wait(string name, Connection? connection)
    {
        string key = LookAlike.Key(name);
        while (connection is { Reason: CloseReason.None })
        {
            if (TryTake(key))
            {
                return true;
            }

            Thread.Sleep(Step);
        }

        return false;
    }

    private bool TryTake(string key)
    {
        lock (_gate)
        {
            return _actions.TryTake(key);
        }
    }
}
