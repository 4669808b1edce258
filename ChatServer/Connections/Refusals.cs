using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>
/// Connections over the limit. They get SERVER_FULL and no thread: the writer sends, and after the time for a goodbye the
/// caretaker closes. Of these, too, there are only so many at a time.
/// </summary>
internal sealed class Refusals(TimeSpan goodbyeTimeout)
{
    /// <summary>How many may be saying goodbye at a time; one more is closed without a word.</summary>
    private const int MaxPending = 256;

    /// <summary>Guards <see cref="_pending"/>. A leaf: connections are closed after it is released.</summary>
    private readonly Lock _gate = new();

    private readonly List<Connection> _pending = [];

    /// <summary>Tells the peer that the server is full, and takes the connection over.</summary>
    public void Refuse(Connection connection)
    {
        lock (_gate)
        {
            if (_pending.Count < MaxPending)
            {
                _pending.Add(connection);
            }
            else
            {
                connection.TryEnd(CloseReason.ServerFull);
            }
        }

        if (connection.Reason == CloseReason.ServerFull)
        {
            connection.Dispose();
            return;
        }

        connection.Outbox.Append(Frame.Encode(ProtocolText.ServerFull));
        connection.BeginGoodbye(CloseReason.ServerFull, goodbyeTimeout);
    }

    /// <summary>Closes those whose time for a goodbye is over, or all.</summary>
    public void Reap(bool all)
    {
        List<Connection> over;
        lock (_gate)
        {
            over = _pending.FindAll(connection => all || connection.Deadline.Check() != CloseReason.None);
            _pending.RemoveAll(over.Contains);
        }

        over.ForEach(connection => connection.Dispose());
    }
}
