using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Secure;

/// <summary>
/// A socket with TLS 1.2 or 1.3. The <see cref="SslStream"/> is used through its synchronous calls only, over a
/// <see cref="RecordStream"/> that waits in calls of the reader, and never in calls of the writer. What the writer has to send is kept in a
/// <see cref="RecordOutput"/>.
/// </summary>
internal sealed class TlsTransport : SocketTransport
{
    /// <summary>Each TLS stream begins with a record of this type (RFC 8446, section 5.1). No text does.</summary>
    private const byte HandshakeRecord = 0x16;

    /// <summary>Bytes of the largest record: SslStream may hold as many that were not read.</summary>
    private const int LargestRecord = 16 * 1024;

    /// <summary>
    /// Milliseconds that the writer, which serves all clients, waits for a reader that decrypts before it encrypts something for the same client. After that
    /// it tries again later. To send what is encrypted it needs no reader.
    /// </summary>
    private const int LongestGateWait = 1;

    private readonly TlsIdentity _identity;
    private readonly Handshakes _handshakes;
    private readonly RecordOutput _output;

    /// <summary>
    /// Guards <see cref="_ssl"/>, once the handshake is done. Under it only the gate of <see cref="_output"/> is taken. The reader gives it back while it
    /// waits: see <see cref="RecordStream"/>.
    /// </summary>
    private readonly object _gate = new();

    private RecordStream? _records;
    private SslStream? _ssl;
    private WorkTurn? _turn;
    private string? _authenticatedName;
    private volatile bool _isOpen;
    private volatile bool _isPlain;
    private volatile bool _isCutOff;
    private volatile bool _isEndWritten; // the writer writes, any thread reads

    /// <summary>Bytes of text that are encrypted, of which the writer does not know yet that they were taken. The writer's own.</summary>
    private int _unreported;

    /// <param name="socket">Connected.</param>
    /// <param name="isProxy">True if the peer is a proxy.</param>
    /// <param name="identity">The certificate.</param>
    /// <param name="handshakes">Bounds the handshakes.</param>
    public TlsTransport(Socket socket, bool isProxy, TlsIdentity identity, Handshakes handshakes)
        : base(socket, isProxy)
    {
        _identity = identity;
        _handshakes = handshakes;
        _output = new RecordOutput(socket);
    }

    public override string? AuthenticatedName => _authenticatedName;

    public override bool HasInput => base.HasInput || HoldsInput;

    public override int ArrivedBytes => base.ArrivedBytes + (HoldsInput ? LargestRecord : 0);

    public override int UnsentBytes => base.UnsentBytes + _output.Count;

    public override bool HoldsInput => _records?.HoldsInput ?? false;

    public override TransportFault? Open(WorkTurn turn)
    {
        Span<byte> first = stackalloc byte[1];
        if (SocketCalls.Look(Socket, first) <= 0)
        {
            return null; // the end, before the peer has sent anything: the next receive returns it
        }

        if (first[0] != HandshakeRecord)
        {
            _isPlain = true;
            return new TransportFault("it speaks no TLS", ProtocolText.TlsOnly);
        }

        return _handshakes.Make(() => Agree(turn));
    }

    public override int Receive(Span<byte> buffer) =>
        _isOpen ? Read(buffer, mayWait: true) : SocketCalls.Receive(Socket, buffer);

    public override int ReceiveNow(Span<byte> buffer)
    {
        if (!_isOpen)
        {
            return SocketCalls.ReceiveNow(Socket, buffer);
        }

        // An end or an error is left to the next receive.
        return HasInput ? Math.Max(0, Read(buffer, mayWait: false)) : 0;
    }

    /// <summary>
    /// Before the handshake is done nothing can be sent but the plain answer to a peer that speaks no TLS: all else is discarded. After it, bytes
    /// that were encrypted cannot be taken back. They count as taken, to the last of them, only when the kernel has all records: otherwise the rest of a
    /// record would wait here until there is something new to send.
    /// </summary>
    public override int SendNow(ReadOnlySpan<byte> bytes)
    {
        if (!_isOpen)
        {
            return _isPlain ? SocketCalls.SendNow(Socket, bytes) : bytes.Length;
        }

        int kept = _output.Send(out int sent);
        if (kept > 0 && _unreported == 0)
        {
            int written = TryWrite(bytes);
            if (written <= 0)
            {
                return written;
            }

            _unreported = written;
            kept = _output.Send(out sent);
        }

        int taken = kept < 0 ? kept : kept > 0 ? _unreported : Math.Clamp(sent, 0, Math.Max(_unreported - 1, 0));
        _unreported -= Math.Max(taken, 0);
        return taken;
    }

    public override bool EndSending()
    {
        if (_isOpen)
        {
            _isEndWritten = _isEndWritten || TryWriteEnd();
            if (!_isEndWritten || _output.Send(out _) == 0)
            {
                return false;
            }
        }

        Shutdown(SocketShutdown.Send);
        return true;
    }

    /// <summary>A stream of TLS ends with a record that says so, and an abort sends none.</summary>
    public override bool Abort(bool mayEndStream = true) => base.Abort(mayEndStream && (!_isOpen || _isEndWritten));

    public override void Dispose()
    {
        if (_output.Count > 0)
        {
            DiscardUnsent(); // the peer has a part of a record
        }

        _isOpen = false;
        lock (_gate)
        {
            _ssl?.Dispose();
            _records?.Dispose();
        }

        base.Dispose();
    }

    private TransportFault? Agree(WorkTurn turn)
    {
        _turn = turn;
        _records = new RecordStream(Socket, _gate, _output, AwaitInput, turn);
        _ssl = new SslStream(_records, leaveInnerStreamOpen: true);
        try
        {
            _ssl.AuthenticateAsServer(_identity.Current);
            _authenticatedName = PeerCertificate.NameIn(_ssl.RemoteCertificate);
            _records.EndHandshake();
            _isOpen = true;
            return null;
        }
        catch (Exception e) when (IsLoss(e))
        {
            return new TransportFault(_isCutOff ? "too many handshakes wait for their peers" : $"no TLS handshake: {FirstLine((e.InnerException ?? e).Message)}");
        }
    }

    /// <summary>Takes nothing, so that bytes that wait for a turn of ours still count as the peer's: it is not late then.</summary>
    private void AwaitInput() => _handshakes.AwaitPeer(
        () => SocketCalls.Look(Socket, stackalloc byte[1]),
        () =>
        {
            _isCutOff = true;
            Abort();
        });

    private int Read(Span<byte> buffer, bool mayWait)
    {
        bool holdsInput = false;
        int count = 0;
        try
        {
            lock (_gate)
            {
                _records!.MayWait = mayWait;
                count = _ssl!.Read(buffer);
                holdsInput = count == buffer.Length;
                _records.Decrypted(count);
                return count;
            }
        }
        catch (NothingNowException)
        {
            return 0;
        }
        catch (Exception e) when (IsLoss(e))
        {
            return -1;
        }
        finally
        {
            _records!.HoldsInput = holdsInput;
            if (count <= 0)
            {
                _turn!.End(); // there is nothing to dispatch
            }
        }
    }

    /// <summary>Takes the gate for the writer. False if a reader holds it for long.</summary>
    private bool TryEnter() => Monitor.TryEnter(_gate) || Monitor.TryEnter(_gate, LongestGateWait);

    /// <summary>Returns how many bytes were encrypted: all, none if a reader decrypts for long, or less than 0 if the connection is lost.</summary>
    private int TryWrite(ReadOnlySpan<byte> bytes)
    {
        if (!TryEnter())
        {
            return 0;
        }

        try
        {
            _ssl!.Write(bytes);
            return bytes.Length;
        }
        catch (Exception e) when (IsLoss(e))
        {
            return -1;
        }
        finally
        {
            Monitor.Exit(_gate);
        }
    }

    /// <summary>Encrypts the end of the stream. False if a reader decrypts for long.</summary>
    private bool TryWriteEnd()
    {
        if (!TryEnter())
        {
            return false;
        }

        try
        {
            Task end = _ssl!.ShutdownAsync();
            Debug.Assert(end.IsCompleted, "SslStream has made an asynchronous call.");
        }
        catch (Exception e) when (IsLoss(e))
        {
            // The end of the connection says it.
        }
        finally
        {
            Monitor.Exit(_gate);
        }

        return true;
    }

    /// <summary>True for what a peer can make the SslStream throw. It reads beyond its buffer where a handshake has empty records, for example.</summary>
    private static bool IsLoss(Exception e) => e is IOException or AuthenticationException or CryptographicException or ObjectDisposedException
        or InvalidOperationException or NotSupportedException or ArgumentException or IndexOutOfRangeException;

    private static string FirstLine(string message) => message.Split('\n', 2)[0].TrimEnd('\r');
}
