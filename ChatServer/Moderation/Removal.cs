using ThreadedChat.ChatServer.Accounts;
using ThreadedChat.ChatServer.Sending;

namespace ThreadedChat.ChatServer.Moderation;

/// <summary>Ends sessions: each client gets one frame that says why, and a graceful close.</summary>
internal sealed class Removal(TimeSpan drainTimeout, Action wakeWriter)
{
    /// <summary>How long a client that is ending may take to leave.</summary>
    public TimeSpan Limit => drainTimeout;

    /// <summary>Wakes the writer, which sends the appended frames.</summary>
    public void Send() => wakeWriter();

    /// <summary>Ends them. Returns how many of them were not ending before.</summary>
    public int End(IEnumerable<Session> sessions, CloseReason reason, string text)
    {
        int count = 0;
        foreach (Session session in sessions)
        {
            session.Participant.IsRemoved = true;
            count += session.Connection.BeginGracefulClose(reason, drainTimeout, text) ? 1 : 0;
        }

        wakeWriter();
        return count;
    }
}
