using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace ThreadedChat.ChatClient.Connection;

/// <summary>A socket with TLS.</summary>
internal sealed class TlsServerStream : IServerStream
{
    /// <summary>How long a server may take for the handshake: as long as <see cref="ConnectRace"/> tries to connect.</summary>
    private static readonly TimeSpan HandshakeLimit = TimeSpan.FromSeconds(15);

    private readonly Socket _socket;

    /// <summary>Guards reading and the end of the stream. A monitor: a read gives it back while it waits. SslStream itself lets one thread read while another writes.</summary>
    private readonly object _gate = new();

    private readonly EncryptedSocket _encrypted;
    private readonly SslStream _ssl;

    /// <summary>Guards <see cref="_sends"/>.</summary>
    private readonly Lock _sendsGate = new();

    /// <summary>After each send the bytes so far: those that were to be sent, and what TCP has sent for them.</summary>
    private readonly Queue<(long Plain, long Encrypted)> _sends = new();

    private long _plain;
    private long _arrived;

    public TlsServerStream(Socket socket)
    {
        _socket = socket;
        _encrypted = new EncryptedSocket(socket, _gate);
        _ssl = new SslStream(_encrypted, leaveInnerStreamOpen: true);
    }

    /// <summary>The first byte that the server has sent; -1 if there was none.</summary>
    public int FirstByte => _encrypted.FirstByte;

    /// <summary>The handshake.</summary>
    /// <exception cref="IOException">The connection is lost, or the server has not answered (<see cref="NothingYetException"/>).</exception>
    /// <exception cref="AuthenticationException">There was no agreement.</exception>
    public void Open(SslClientAuthenticationOptions options)
    {
        lock (_gate)
        {
            _encrypted.LimitWait(HandshakeLimit);
            _ssl.AuthenticateAsClient(options);
            _encrypted.LimitWait(null);
        }
    }

    /// <summary>Records that carry no bytes of the server, for example those behind the handshake, do not count.</summary>
    public bool AwaitBytes(TimeSpan wait)
    {
        lock (_gate)
        {
            try
            {
                _encrypted.LimitWait(wait);
                _ssl.Read(Span<byte>.Empty);
                return true;
            }
            catch (NothingYetException)
            {
                return false;
            }
            catch (Exception e) when (IsLoss(e))
            {
                return true; // the receive will report it
            }
            finally
            {
                _encrypted.LimitWait(null);
            }
        }
    }

    public int Receive(Span<byte> buffer)
    {
        try
        {
            lock (_gate)
            {
                return _ssl.Read(buffer);
            }
        }
        catch (Exception e) when (IsLoss(e))
        {
            throw new SocketException((int)SocketError.ConnectionReset);
        }
    }

    public void Send(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _ssl.Write(bytes);
        }
        catch (Exception e) when (IsLoss(e))
        {
            throw new SocketException((int)SocketError.ConnectionReset);
        }

        lock (_sendsGate)
        {
            _plain += bytes.Length;
            _sends.Enqueue((_plain, _encrypted.SentBytes));
        }
    }

    public void EndSending()
    {
        try
        {
            lock (_gate)
            {
                _ = _ssl.ShutdownAsync(); // is done when it returns: see EncryptedSocket
            }
        }
        catch (Exception e) when (IsLoss(e))
        {
            // Then the shutdown says so.
        }

        _socket.Shutdown(SocketShutdown.Send);
    }

    public long Arrived(long acknowledged)
    {
        lock (_sendsGate)
        {
            while (_sends.TryPeek(out (long Plain, long Encrypted) send) && send.Encrypted <= acknowledged)
            {
                _arrived = send.Plain;
                _sends.Dequeue();
            }

            return _arrived;
        }
    }

    public void Dispose()
    {
        _socket.Dispose(); // wakes a thread that waits in it
        lock (_gate)
        {
            _ssl.Dispose();
            _encrypted.Dispose();
        }
    }

    private static bool IsLoss(Exception e) => e is IOException or AuthenticationException or InvalidOperationException;
}
