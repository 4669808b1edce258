using System.Diagnostics;
using System.Net.Sockets;

namespace ThreadedChat.ChatClient.Connection;

/// <summary>
/// A blocking socket as an SslStream sees it: encrypted bytes, through synchronous calls only. A read gives back the gate of its caller while
/// it waits.
/// </summary>
/// <param name="socket">Blocking.</param>
/// <param name="gate">Held by each caller of a read.</param>
internal sealed class EncryptedSocket(Socket socket, object gate) : Stream
{
    private long? _waitsUntil;

    /// <summary>The first byte that was received; -1 before.</summary>
    public int FirstByte { get; private set; } = -1;

    /// <summary>All bytes sent so far.</summary>
    public long SentBytes { get; private set; }

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Limits all reads from now on together; a later one throws <see cref="NothingYetException"/>. Null for no limit.</summary>
    public void LimitWait(TimeSpan? limit) =>
        _waitsUntil = limit is TimeSpan time ? Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency) : null;

    /// <summary>Asked for no bytes, it waits until there are some.</summary>
    public override int Read(Span<byte> buffer)
    {
        int count;
        Monitor.Exit(gate);
        try
        {
            AwaitInput();
            count = buffer.IsEmpty ? socket.Receive(stackalloc byte[1], SocketFlags.Peek) : socket.Receive(buffer);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw new IOException(e.Message, e);
        }
        finally
        {
            Monitor.Enter(gate);
        }

        if (FirstByte < 0 && count > 0 && !buffer.IsEmpty)
        {
            FirstByte = buffer[0];
        }

        return buffer.IsEmpty ? 0 : count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            SentBytes += socket.Send(buffer);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw new IOException(e.Message, e);
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

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => throw new NotSupportedException();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void AwaitInput()
    {
        if (_waitsUntil is not long until)
        {
            return;
        }

        double left = (until - Stopwatch.GetTimestamp()) / (double)Stopwatch.Frequency;
        if (!socket.Poll(TimeSpan.FromSeconds(Math.Max(0, left)), SelectMode.SelectRead))
        {
            throw new NothingYetException();
        }
    }
}
