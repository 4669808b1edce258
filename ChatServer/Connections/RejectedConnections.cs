using ThreadedChat.ChatServer.Sending;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>
/// Connections over a limit, or banned. Each gets one text, SERVER_FULL, TOO_MANY_FROM_ADDRESS or BANNED, and no thread: the writer sends, and
/// the deadline sweeper closes the connection when the peer has closed or the drain timeout has passed. Input from the peer is read
/// and discarded: to close with unread input would reset the connection, and the peer could lose the text.
/// </summary>
internal sealed class RejectedConnections(TimeSpan drainTimeout)
{
    /// <summary>
    /// How many may be closing at a time, within the files that <c>MachineLimits</c> keeps back. For one more
    /// the oldest is closed: it has had the most time.
    /// </summary>
    internal const int MaxPending = 64;

    /// <summary>If they arrive faster than the writer sends, accepting waits for it. The text always fits the socket's buffer, so accepting waits for no peer.</summary>
    private static readonly TimeSpan WriterLimit = TimeSpan.FromSeconds(1);

    /// <summary>Guards <see cref="_pending"/>. A leaf: nothing is read, sent or closed while it is held.</summary>
    private readonly Lock _gate = new();

    private readonly List<Connection> _pending = [];

    /// <summary>Tells the peer why it is rejected, and takes the connection over.</summary>
    public void Reject(Connection connection, Rejection? rejection = null)
    {
        (string text, CloseReason reason) = rejection?.Answer ?? (ProtocolText.ServerFull, CloseReason.ServerFull);
        connection.Outbox.Append(Frame.Encode(text));
        connection.BeginGracefulClose(reason, drainTimeout);

        Connection? oldest = null;
        lock (_gate)
        {
            if (_pending.Count >= MaxPending)
            {
                oldest = _pending[0];
                _pending.RemoveAt(0);
            }

            _pending.Add(connection);
        }

        if (oldest is not null)
        {
            oldest.Outbox.WaitForCompletion(WriterLimit);
            oldest.DisposeDrained();
        }
    }

    /// <summary>Closes the connections whose peer has closed or whose drain timeout has passed, or all.</summary>
    public void CloseExpired(bool all)
    {
        // Taken out meanwhile: a connection is one thread's at a time.
        List<Connection> pending;
        lock (_gate)
        {
            pending = [.. _pending];
            _pending.Clear();
        }

        pending.RemoveAll(connection => TryClose(connection, all));
        lock (_gate)
        {
            _pending.InsertRange(0, pending);
        }
    }

    private static bool TryClose(Connection connection, bool always)
    {
        bool isPeerThere = connection.DrainInput();
        bool isOver = always || !isPeerThere || connection.Deadline.Check() != CloseReason.None;
        if (isOver)
        {
            connection.Dispose();
        }

        return isOver;
    }
}
