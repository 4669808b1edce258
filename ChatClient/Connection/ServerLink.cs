using System.Net.Sockets;
using ThreadedChat.Common;
using ThreadedChat.Common.Tracing;

namespace ThreadedChat.ChatClient.Connection;

/// <summary>
/// The connection to the server, and the next one after it was lost. One thread sends, and one receives and connects.
/// </summary>
internal sealed class ServerLink(string name, string host, int port, TraceWriter? trace)
{
    // Null while there is no connection. Set by the thread that connects, used by both.
    private volatile Current? _current;
    private volatile bool _isEnding;

    /// <summary>True once <see cref="EndSending"/> was called: the end of the connection is no loss.</summary>
    public bool IsEnding => _isEnding;

    /// <summary>The number of the connection that was made last: from 1.</summary>
    public int Number { get; private set; }

    /// <summary>The server has not ended the last connection in good order. For the thread that receives.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>
    /// How many whole frames of the connection that was made last have arrived at the server's machine; null if this system
    /// does not tell. Until <see cref="Drop"/>.
    /// </summary>
    public long? ArrivedFrames => _current?.Connection.AcknowledgedBytes / Frame.Size;

    /// <summary>
    /// Connects, gives the name, and asks to join <paramref name="channel"/>, if any, and to create it before: a server that was
    /// started again has lost it. False if nobody answers.
    /// </summary>
    public bool TryConnect(string? channel = null)
    {
        ServerConnection? connection = ServerConnection.TryOpen(host, port, trace);
        if (connection is null)
        {
            return false;
        }

        try
        {
            connection.Send(Frame.Encode(name));
            if (channel is not null)
            {
                connection.Send(
                [
                    .. Frame.Encode($"{ControlMessage.Create} {channel}"),
                    .. Frame.Encode($"{ControlMessage.Join} {channel}"),
                ]);
            }
        }
        catch (SocketException)
        {
            // The server is gone already: whoever receives will find out.
        }

        Number++;
        IsBroken = false;
        _current = new Current(Number, connection);
        return true;
    }

    /// <summary>
    /// Sends all of <paramref name="frames"/> on the connection of that <paramref name="number"/>; may wait as long as the server
    /// reads nothing. False if it is gone.
    /// </summary>
    public bool TrySend(int number, ReadOnlySpan<byte> frames)
    {
        try
        {
            if (_current is not { } current || current.Number != number)
            {
                return false;
            }

            current.Connection.Send(frames);
            return true;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>True once there are bytes to receive, or the end of the stream; false if there are none within <paramref name="wait"/>.</summary>
    public bool AwaitBytes(TimeSpan wait) => _current?.Connection.AwaitBytes(wait) ?? true;

    /// <summary>Waits for bytes. 0 when the server is gone, whether it closed or broke off.</summary>
    public int Receive(Span<byte> buffer)
    {
        try
        {
            return _current?.Connection.Receive(buffer) ?? 0;
        }
        catch (SocketException)
        {
            IsBroken = true;
            return 0; // reset, or out of reach for too long
        }
    }

    /// <summary>Tells the server that nothing more will be sent. False if there is no server.</summary>
    public bool EndSending()
    {
        _isEnding = true;
        try
        {
            Current? current = _current;
            current?.Connection.EndSending();
            return current is not null;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return true; // the server was quicker: its last words may still be on their way to the screen
        }
    }

    /// <summary>Gives up a connection whose server is gone; wakes the thread that sends, if it waits.</summary>
    public void Drop()
    {
        Current? current = _current;
        _current = null;
        current?.Connection.Dispose();
    }

    private sealed record Current(int Number, ServerConnection Connection);
}
