using System.Net.Sockets;
using ThreadedChat.Common;
using ThreadedChat.Common.Tracing;

namespace ThreadedChat.ChatClient;

/// <summary>
/// The connection to the server, and the next one after it was lost. One thread sends, and one receives and connects.
/// </summary>
internal sealed class ServerLink(string name, string host, int port, TraceWriter? trace)
{
    // Null while there is no connection. Set by the thread that connects, used by both.
    private volatile ServerConnection? _connection;
    private volatile bool _isEnding;

    /// <summary>True once <see cref="EndSending"/> was called: the end of the connection is no loss.</summary>
    public bool IsEnding => _isEnding;

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
                connection.Send([.. Frame.Encode($"/create {channel}"), .. Frame.Encode($"/join {channel}")]);
            }
        }
        catch (SocketException)
        {
            // The server is gone already: whoever receives will find out.
        }

        _connection = connection;
        return true;
    }

    /// <summary>Sends all of <paramref name="frames"/>; may wait for ever. False if the server is gone.</summary>
    public bool TrySend(ReadOnlySpan<byte> frames)
    {
        try
        {
            ServerConnection? connection = _connection;
            connection?.Send(frames);
            return connection is not null;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>Waits for bytes. 0 when the server is gone, whether it closed or broke off.</summary>
    public int Receive(Span<byte> buffer)
    {
        try
        {
            return _connection?.Receive(buffer) ?? 0;
        }
        catch (SocketException)
        {
            return 0; // reset
        }
    }

    /// <summary>Tells the server that nothing more will be sent. False if there is no server.</summary>
    public bool EndSending()
    {
        _isEnding = true;
        try
        {
            ServerConnection? connection = _connection;
            connection?.EndSending();
            return connection is not null;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return true; // the server was quicker: its last words may still be on their way to the screen
        }
    }

    /// <summary>Gives up a connection whose server is gone; wakes the thread that sends, if it waits.</summary>
    public void Drop()
    {
        ServerConnection? connection = _connection;
        _connection = null;
        connection?.Dispose();
    }
}
