using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Commands;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>
/// The loop of one reader thread: receives, assembles frames, dispatches them, waits for slow receivers. At the
/// end, for any reason, it takes the participant out of the chat and frees the connection.
/// </summary>
internal sealed class Reader(
    Connection connection,
    Dispatcher dispatcher,
    IEntrance entrance,
    Writer writer,
    ConnectionRegistry registry,
    RejectedConnections rejected,
    PeerTimeouts timeouts,
    Opening opening,
    Faults faults,
    ClientLog clientLog)
{
    private readonly DelaySampler _delays = writer.Delays; // a field: reading it from the writer, whose fields change with each turn, would cost a cache miss
    private readonly string _serving = $"serving connection {connection.Id}";
    private Participant? _participant;
    private bool _isArrivalLogged;
    private bool _isHandedOver;

    /// <summary>The body of the thread. A fault in one connection ends only that connection; each step is done also if the one before failed.</summary>
    public void Run()
    {
        if (!Try(Step.Serve))
        {
            connection.TryEnd(CloseReason.Fault);
            connection.Input.NoteDropped(); // matters only if the server stops
        }

        registry.LastInput.Served(connection);
        if (_isHandedOver)
        {
            return; // RejectedConnections owns it now
        }

        Try(Step.Depart);
        Try(Step.SendRemaining);
        Try(Step.Free);
    }

    /// <summary>Allocates nothing: if memory has run out, an exception that leaves this thread would end the process.</summary>
    private bool Try(Step step)
    {
        try
        {
            Do(step);
            return true;
        }
#pragma warning disable CA1031 // A fault in one connection ends that connection.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            faults.Caught(fault, _serving);
            return false;
        }
    }

    private void Do(Step step)
    {
        switch (step)
        {
            case Step.Serve:
                ServeConnection();
                break;
            case Step.Depart:
                Depart();
                break;
            case Step.SendRemaining:
                SendRemaining();
                break;
            default:
                Free();
                break;
        }
    }

    private void ServeConnection()
    {
        if (opening.Open(connection) is Rejection rejection)
        {
            // As if it had been rejected when it was accepted: from now on it uses no place and no thread.
            registry.Remove(connection);
            rejected.Reject(connection, rejection);
            _isHandedOver = true;
        }
        else
        {
            CloseReason end = ReadToEnd();
            if (connection.Input.IsReceived(isEnd: true))
            {
                EndInput();
            }

            connection.TryEnd(end);
        }
    }

    /// <summary>Reads to the end of the connection, and returns its reason.</summary>
    private CloseReason ReadToEnd()
    {
        using var buffer = new FrameBuffer();
        int count = 1;
        try
        {
            while (!connection.Input.IsReceived() && (count = connection.Receive(buffer)) > 0)
            {
                // Once the connection is ending, input is read and discarded.
                if (connection.Reason == CloseReason.None)
                {
                    bool isMeasured = _delays.BeginReceived();
                    DispatchFrames(buffer.WholeFrames);
                    if (isMeasured)
                    {
                        _delays.EndReceived();
                    }

                    WatchFrame(isFrameBegun: buffer.PartialLength > 0);
                }

                // The turn to work lasts until all that was received with it is served.
                if (!connection.HoldsInput)
                {
                    connection.Outbox.EndWork();
                }

                buffer.RemoveFrames();
                if (connection.Input.HasBegun)
                {
                    registry.LastInput.Received(connection);
                }
            }
        }
        finally
        {
            connection.Outbox.EndWork(); // of a receive that has failed after it had taken a turn, or of a dispatch
        }

        if (count < 0 && connection.Input.HasBegun)
        {
            connection.Input.NoteDropped(); // with TLS: a part of a record, which may have whole frames
        }

        return count < 0 ? CloseReason.ConnectionLost
            : buffer.PartialLength > 0 ? CloseReason.TornFrame
            : CloseReason.PeerClosed;
    }

    /// <summary>The server stops. When this returns, the connection is closing, because of that or of something before it.</summary>
    private void EndInput()
    {
        // Once the connection is ending for another reason, its input is discarded: it has no part in what follows.
        if (_participant is not null && connection.Reason is CloseReason.None or CloseReason.ServerStopping && !dispatcher.IsDone(_participant))
        {
            dispatcher.Finish(_participant);
            if (dispatcher.IsDone(_participant))
            {
                registry.LastInput.Received(connection);
            }
            else
            {
                connection.Input.NoteDropped();
            }
        }

        registry.LastInput.AwaitOthers(connection);
        if (!OperatingSystem.IsLinux())
        {
            // To close with unread input could cost the peer the final frames.
            using var buffer = new FrameBuffer();
            while (connection.Receive(buffer) > 0)
            {
                buffer.RemoveFrames();
            }
        }
    }

    /// <summary>Dispatches whole frames; then one wake-up of the writer for everything that they led to.</summary>
    private void DispatchFrames(ReadOnlySpan<byte> frames)
    {
        if (_participant is null && !frames.IsEmpty)
        {
            connection.Outbox.EndWork(); // it may wait, for a login or for other servers
            _participant = Admit(frames[..Frame.Size]);
            frames = frames[Frame.Size..];
        }

        if (_participant is not null)
        {
            if (!frames.IsEmpty)
            {
                connection.Deadline.Clear(); // the frame was finished in time; dispatching it may have to wait for others
            }

            dispatcher.Dispatch(_participant, frames);
        }

        writer.Wake();
    }

    private Participant? Admit(ReadOnlySpan<byte> firstFrame)
    {
        Participant? participant = entrance.Admit(connection, firstFrame, connection.AuthenticatedName);
        if (participant is null)
        {
            connection.BeginGracefulClose(CloseReason.NameRefused, timeouts.Drain);
            clientLog.NameRefused(connection, entrance.NameIn(firstFrame));
        }
        else
        {
            connection.Deadline.Clear();
            connection.Named(participant);
            _isArrivalLogged = clientLog.Admitted(connection, participant.Name);
        }

        return participant;
    }

    /// <summary>A frame must be complete in time, counted from its first byte. There is no limit between frames.</summary>
    private void WatchFrame(bool isFrameBegun)
    {
        // Before there is a participant, the deadline for the name applies.
        if (_participant is not null && isFrameBegun && !connection.Deadline.IsSet)
        {
            connection.Deadline.Set(timeouts.Frame, CloseReason.FrameTimeout);
        }
    }

    private void Depart()
    {
        if (_participant is null)
        {
            return;
        }

        try
        {
            // When the server stops, it tells no client that the others leave.
            if (connection.Reason != CloseReason.ServerStopping)
            {
                dispatcher.Depart(_participant);
                writer.Wake();
            }
        }
        finally
        {
            entrance.Departed(_participant); // last: a client that takes over the name waits for it
        }
    }

    private void SendRemaining()
    {
        if (connection.Reason != CloseReason.ConnectionLost)
        {
            // The peer may only have ended its sending side: it still gets the queued frames. If the connection was
            // aborted, the queue is closed, and there is nothing to wait for.
            connection.Outbox.Complete();
            connection.Outbox.WaitForCompletion(timeouts.Drain);
            connection.WaitUntilTaken(timeouts.Drain);
        }
    }

    private void Free()
    {
        try
        {
            connection.Outbox.Close();
            connection.Dispose();
        }
        finally
        {
            registry.Remove(connection); // without this, the connection would count for ever
        }

        clientLog.Closed(connection, _participant?.Name, _isArrivalLogged);
    }

    private enum Step
    {
        Serve,
        Depart,
        SendRemaining,
        Free,
    }
}
