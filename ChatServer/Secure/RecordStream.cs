using System.Net.Sockets;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.ChatServer.Sending;

namespace ThreadedChat.ChatServer.Secure;

/// <summary>
/// The network, as an SslStream sees it: encrypted bytes. During the handshake the reader's thread does all, and waits for the peer. Then the
/// reader receives, and what is written is only added to <see cref="RecordOutput"/>.
/// </summary>
/// <remarks>
/// After the handshake each call into the SslStream is made under the gate, and so each call here. A read gives the gate back while it is in the
/// kernel, or waits for its turn, so it holds the gate only while it decrypts what one receive has brought. No socket call is made under the gate.
/// </remarks>
/// <param name="socket">Blocking.</param>
/// <param name="gate">Guards the SslStream. A monitor, since a read gives it back in the middle.</param>
/// <param name="output">Takes what is written after the handshake.</param>
/// <param name="awaitInput">Waits for input during the handshake.</param>
/// <param name="turn">The turns of the client. It takes one to decrypt if its records have little text, or if it has used up its share of the work.</param>
internal sealed class RecordStream(Socket socket, object gate, RecordOutput output, Action awaitInput, WorkTurn turn) : Stream
{
    /// <summary>
    /// Bytes of a handshake after which no more are received. An honest one has two to eight thousand, with the certificates of the client. To verify a
    /// chain costs the server half a millisecond for each certificate, also if no authority has signed it.
    /// </summary>
    internal const int MostOfHandshake = 16 * 1024;

    // The reader's own.
    private int _ofHandshake;
    private readonly RecordOverhead _overhead = new(TimeProvider.System);
    private readonly RecordShare _share = new(TimeProvider.System);

    private volatile bool _holdsInput;

    /// <summary>True until <see cref="EndHandshake"/>.</summary>
    public bool IsHandshake { get; private set; } = true;

    /// <summary>False if a read must not wait: it throws <see cref="NothingNowException"/>. The reader's own.</summary>
    public bool MayWait { get; set; } = true;

    /// <summary>
    /// True if whole records that were received may be undecrypted, or their text unread. Set by a receive, and by the reader, which knows what it
    /// has read; any thread reads.
    /// </summary>
    public bool HoldsInput
    {
        get => _holdsInput;
        set => _holdsInput = value;
    }

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The handshake is done.</summary>
    public void EndHandshake()
    {
        IsHandshake = false;
        HoldsInput = true; // SslStream may have received records of text behind those of the handshake
        _share.EndHandshake();
    }

    /// <summary>So many bytes of text were in what was received.</summary>
    public void Decrypted(int count)
    {
        _overhead.Decrypted(count);
        _share.Decrypted(count);
    }

    /// <summary>SslStream asks for no bytes if it wants to know that there are some, before it takes a buffer for them.</summary>
    public override int Read(Span<byte> buffer)
    {
        if (IsHandshake)
        {
            // Looked at before a receive: the last one may bring text with it.
            if (_ofHandshake > MostOfHandshake)
            {
                throw new IOException("the handshake is too long");
            }

            awaitInput();
            int count = buffer.IsEmpty ? 0 : Noted(buffer, Checked(SocketCalls.Receive(socket, buffer)));
            _ofHandshake += count;
            return count;
        }

        if (!_share.Settle())
        {
            throw Lost();
        }

        HoldsInput = false; // SslStream asks for more only if it holds less than a record
        buffer = buffer[..Math.Min(buffer.Length, _share.MostBytes)];
        return MayWait ? Wait(buffer) : Take(buffer);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!IsHandshake)
        {
            output.Add(buffer);
        }
        else if (!SocketCalls.SendAll(socket, buffer))
        {
            throw Lost();
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>The end of a TLS stream is written by SslStream.ShutdownAsync, which has no synchronous twin, through this method.</summary>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => throw Asynchronous();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw Asynchronous();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => throw Asynchronous();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private int Wait(Span<byte> buffer)
    {
        int count;
        Monitor.Exit(gate);
        try
        {
            turn.End();
            count = buffer.IsEmpty ? SocketCalls.Look(socket, stackalloc byte[1]) : InTurn(buffer, SocketCalls.Receive(socket, buffer));
        }
        finally
        {
            Monitor.Enter(gate);
        }

        Checked(count);
        return buffer.IsEmpty ? 0 : Counted(count);
    }

    private int Take(Span<byte> buffer)
    {
        int count;
        Monitor.Exit(gate);
        try
        {
            turn.End();

            // The end of the stream is left for a read that waits.
            count = buffer.IsEmpty ? SocketCalls.HasInput(socket) ? 1 : 0 : InTurn(buffer, SocketCalls.ReceiveNow(socket, buffer));
        }
        finally
        {
            Monitor.Enter(gate);
        }

        return count <= 0 ? throw new NothingNowException() : buffer.IsEmpty ? 0 : Counted(count);
    }

    /// <summary>Waits for the turn to decrypt what was received, if the client needs one. It lasts until that is dispatched, or until more must be received.</summary>
    private int InTurn(ReadOnlySpan<byte> buffer, int count)
    {
        if (Noted(buffer, count) > 0)
        {
            HoldsInput = true; // before the wait
            if (_share.MustTakeTurn || turn.IsNeeded())
            {
                turn.Take();
            }
        }

        return count;
    }

    private int Noted(ReadOnlySpan<byte> buffer, int count)
    {
        _share.Received(buffer[..Math.Max(count, 0)]);
        return count;
    }

    /// <summary>A peer that sends much besides text is disconnected.</summary>
    private int Counted(int count) => _overhead.Received(count) ? count : throw Lost();

    private static int Checked(int count) => count >= 0 ? count : throw Lost();

    private static IOException Lost() => new("the connection was lost");

    private static NotSupportedException Asynchronous() => new("SslStream has made an asynchronous call.");
}
