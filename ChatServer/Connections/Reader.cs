using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Commands;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>
/// The loop of one reader thread: receives, puts frames together, has them done, waits where others are slow; and at the
/// end, whatever the end was, takes the participant out of the chat and frees the connection.
/// </summary>
internal sealed class Reader(
    Connection connection,
    Dispatcher dispatcher,
    Writer writer,
    ConnectionRegistry registry,
    ServerOptions options,
    Faults faults,
    ClientLog clientLog)
{
    private Participant? _participant;
    private bool _isTold;

    /// <summary>The thread's body. A fault in one connection ends that connection, the rest go on; each step is done whatever came of the one before.</summary>
    public void Run()
    {
        string serving = $"serving connection {connection.Id}";
        if (!faults.Guard(serving, () => connection.TryEnd(ReadToEnd())))
        {
            connection.TryEnd(CloseReason.Fault);
        }

        faults.Guard(serving, Depart);
        faults.Guard(serving, SendRemaining);
        faults.Guard(serving, Free);
    }

    /// <summary>Reads until there is nothing more to come, and says why that is.</summary>
    private CloseReason ReadToEnd()
    {
        using var buffer = new FrameBuffer();
        connection.Deadline.Set(options.NameTimeout, CloseReason.NameTimeout);

        int count;
        while ((count = connection.Receive(buffer)) > 0)
        {
            // Once the connection is ending, what the peer still sends is read and dropped.
            if (connection.Reason == CloseReason.None)
            {
                Serve(buffer.WholeFrames);
                WatchFrame(isFrameBegun: buffer.PartialLength > 0);
            }

            buffer.Next();
        }

        return count < 0 ? CloseReason.ConnectionLost
            : buffer.PartialLength > 0 ? CloseReason.TornFrame
            : CloseReason.PeerClosed;
    }

    /// <summary>Has whole frames done; then one wake-up of the writer for all that they led to.</summary>
    private void Serve(ReadOnlySpan<byte> frames)
    {
        if (_participant is null && !frames.IsEmpty)
        {
            _participant = Admit(frames[..Frame.Size]);
            frames = frames[Frame.Size..];
        }

        if (_participant is not null)
        {
            if (!frames.IsEmpty)
            {
                connection.Deadline.Clear(); // finished in time: what is done about it now may have to wait for others
            }

            dispatcher.Dispatch(_participant, frames);
        }

        writer.Wake();
    }

    private Participant? Admit(ReadOnlySpan<byte> firstFrame)
    {
        Participant? participant = dispatcher.Admit(firstFrame, connection.Outbox, AddressPrefix.OfPeer(connection.Address).ToString());
        if (participant is null)
        {
            connection.BeginGracefulClose(CloseReason.NameRefused, options.DrainTimeout);
            clientLog.NameRefused(connection, firstFrame);
        }
        else
        {
            connection.Deadline.Clear();
            connection.Named(participant.Name);
            _isTold = clientLog.Admitted(connection, participant.Name);
        }

        return participant;
    }

    /// <summary>A frame that is begun must be finished in time, counted from its first byte. There is no limit between frames.</summary>
    private void WatchFrame(bool isFrameBegun)
    {
        if (_participant is null)
        {
            return; // the deadline for the name, or of the goodbye, stands
        }

        if (!isFrameBegun)
        {
            connection.Deadline.Clear();
        }
        else if (!connection.Deadline.IsSet)
        {
            connection.Deadline.Set(options.FrameTimeout, CloseReason.FrameTimeout);
        }
    }

    private void Depart()
    {
        // When the server stops nobody is told that the others go: all do.
        if (_participant is null || connection.Reason == CloseReason.ServerStopping)
        {
            return;
        }

        dispatcher.Depart(_participant);
        writer.Wake();
    }

    private void SendRemaining()
    {
        if (connection.Reason != CloseReason.ConnectionLost)
        {
            // The peer may only have ended its sending side: it still gets what is queued. Where the connection was
            // cut off the queue is closed, and there is nothing to wait for.
            connection.Outbox.Complete();
            connection.Outbox.WaitForCompletion(options.DrainTimeout);
            connection.WaitUntilTaken(options.DrainTimeout);
        }
    }

    private void Free()
    {
        connection.Outbox.Close();
        connection.Dispose();
        registry.Remove(connection);
        clientLog.Closed(connection, _participant?.Name, _isTold);
    }
}
