using System.Net.Sockets;
using ThreadedChat.Common;
using ThreadedChat.Common.Tracing;

namespace ThreadedChat.ChatClient.Connection;

/// <summary>
/// The current connection to the server, and the next one after it is lost. One thread sends; another receives and connects.
/// </summary>
/// <param name="name">What the client is called.</param>
/// <param name="servers">Where to connect.</param>
/// <param name="trace">Null for no trace.</param>
/// <param name="tls">Null for connections without encryption.</param>
/// <param name="token">Sent behind the name, and shown nowhere; null for none.</param>
internal sealed class ServerLink(string name, ServerRotation servers, TraceWriter? trace, TlsClient? tls = null, string? token = null)
{
    // Null while there is no connection. Set by the thread that connects, used by both.
    private volatile Current? _current;
    private volatile bool _isEnding;

    /// <summary>The server of the latest attempt to connect.</summary>
    public ServerAddress Server => servers.Current;

    /// <summary>True after <see cref="EndSending"/>: then the end of the connection is expected.</summary>
    public bool IsEnding => _isEnding;

    /// <summary>The number of the latest connection, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>True if the latest connection was reset or timed out. For the thread that receives.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Why the latest attempt to connect has reached the server and failed; null for any other end. For the thread that connects.</summary>
    public ConnectFault? Fault { get; private set; }

    /// <summary>What the user should know about the server of the latest connection, in one line; else null. For the thread that connects.</summary>
    public string? News { get; private set; }

    /// <summary>
    /// How many whole frames of the latest connection have arrived at the server's machine; null if this system does not report
    /// it. Valid until <see cref="Drop"/>.
    /// </summary>
    public long? ArrivedFrames => _current?.Connection.AcknowledgedBytes / Frame.Size;

    /// <summary>
    /// Connects to the first server that answers, sends the name and, for a <paramref name="channel"/>, the commands to create it and to join it: a restarted server
    /// has no channels. False if there is no connection.
    /// </summary>
    public bool TryConnect(string? channel = null)
    {
        ServerConnection? connection = OpenAny();
        if (connection is null)
        {
            return false;
        }

        try
        {
            connection.Send(Frame.Encode(token is null ? name : $"{name}{AccountToken.Separator}{token}"));
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
            // The connection is lost again: the thread that receives will notice.
        }

        Number++;
        IsBroken = false;
        _current = new Current(Number, connection);
        return true;
    }

    /// <summary>
    /// Sends all of <paramref name="frames"/> on the connection with this <paramref name="number"/>. May wait as long as the server
    /// does not read. False if that connection is lost.
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

    /// <summary>True if there are bytes to receive, or the end of the stream, within <paramref name="wait"/>.</summary>
    public bool AwaitBytes(TimeSpan wait) => _current?.Connection.AwaitBytes(wait) ?? true;

    /// <summary>Waits for bytes. 0 if the connection has ended in any way.</summary>
    public int Receive(Span<byte> buffer)
    {
        try
        {
            return _current?.Connection.Receive(buffer) ?? 0;
        }
        catch (SocketException)
        {
            IsBroken = true;
            return 0; // reset, or unreachable for too long
        }
    }

    /// <summary>The server no longer answers. To be called by the thread that receives, which then receives nothing more.</summary>
    public void GiveUp() => IsBroken = true;

    /// <summary>Tells the server that nothing more will be sent. False if there is no connection.</summary>
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
            return true; // the server has closed already: its final frames may not be on the screen yet
        }
    }

    /// <summary>Closes a connection that is lost. A thread that waits in a send on it returns.</summary>
    public void Drop()
    {
        Current? current = _current;
        _current = null;
        current?.Connection.Dispose();
    }

    /// <summary>Tries each server once.</summary>
    private ServerConnection? OpenAny()
    {
        ServerConnection? connection = null;
        for (int i = 0; i < servers.Count && connection is null; i++)
        {
            ServerAddress server = servers.Next();
            connection = ServerConnection.TryOpen(
                server.Host, server.Port, trace, tls, sendsToken: token is not null, out string? news, out ConnectFault? fault);
            (News, Fault) = (news, fault);
        }

        return connection;
    }

    private sealed record Current(int Number, ServerConnection Connection);
}
