using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.Common.Unicode;

namespace ThreadedChat.ChatServer.Accounts;

/// <summary>The clients that were let in and have not left yet.</summary>
internal sealed class Presence
{
    /// <summary>Guards <see cref="_sessions"/>. A leaf. A monitor, because a client that takes over its name waits here.</summary>
    private readonly object _gate = new();

    private readonly Dictionary<Participant, Session> _sessions = [];

    /// <summary>How often a wait looks whether the server stops.</summary>
    private static readonly TimeSpan StopLook = TimeSpan.FromMilliseconds(100);

    /// <summary>All of them at this moment, in the order of their connections.</summary>
    public Session[] All()
    {
        Session[] all;
        lock (_gate)
        {
            all = [.. _sessions.Values];
        }

        Array.Sort(all, (one, other) => one.Connection.Id.CompareTo(other.Connection.Id));
        return all;
    }

    /// <summary>Those with this name, compared without regard to case and Unicode spelling.</summary>
    public Session[] OfName(string name)
    {
        string key = LookAlike.Key(name);
        return [.. All().Where(session => session.Key == key)];
    }

    /// <summary>The client that is this participant; null if it has left.</summary>
    public Session? Of(Participant participant)
    {
        lock (_gate)
        {
            return _sessions.GetValueOrDefault(participant);
        }
    }

    /// <summary>
    /// Adds a client. Returns, if it has proved its name, those under the same name that were there before: of two that come at once, one
    /// returns the other. A guest can be among them: a certificate proves names that have no account.
    /// </summary>
    public Session[] Add(Session session)
    {
        lock (_gate)
        {
            Session[] others = session.IsAuthenticated ? [.. _sessions.Values.Where(other => other.Key == session.Key)] : [];
            _sessions.Add(session.Participant, session);
            return others;
        }
    }

    /// <summary>Removes a client that has left.</summary>
    public void Remove(Participant participant)
    {
        lock (_gate)
        {
            _sessions.Remove(participant);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>
    /// Waits until these have left, for at most <paramref name="limit"/>. When the server stops, those that wait for the other readers wait for
    /// the caller too: it does not wait for them. Returns those that are still here.
    /// </summary>
    public Session[] WaitUntilGone(Session[] sessions, TimeSpan limit, TimeProvider time)
    {
        lock (_gate)
        {
            return MonitorWait.Until(_gate, () => !sessions.Any(IsHere), time, limit, StopLook) ? [] : [.. sessions.Where(IsHere)];
        }

        bool IsHere(Session session) => _sessions.ContainsKey(session.Participant) && !session.Connection.Input.IsWaitingForOthers;
    }
}
