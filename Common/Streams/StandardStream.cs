using System.Runtime.InteropServices;

namespace ThreadedChat.Common.Streams;

/// <summary>
/// One of the standard streams, without a buffer, through the C library. The framework's streams are not suitable. Those of
/// <c>Console</c> ignore that the reader has gone, fail if they were closed, and change the terminal. <c>FileStream</c> writes to a
/// file at its own positions, over the output of other programs (<c>(client …; echo done) &gt; file</c>), and fails if the stream
/// is non-blocking.
/// </summary>
public sealed class StandardStream(int descriptor, FileAccess access) : Stream
{
    /// <summary>
    /// True if the program was started with this stream closed (<c>&lt;&amp;-</c>). The runtime has then opened its own file with this
    /// number. Its files are close-on-exec; inherited ones are not.
    /// </summary>
    public bool WasClosedAtStart { get; } =
        StreamCalls.Control(descriptor, StreamCalls.GetDescriptorFlags) is var flags
        && (flags < 0 || (flags & StreamCalls.CloseOnExec) != 0);

    /// <summary>How long a write waits for a slow reader before the rest of it is dropped. Without a limit by default.</summary>
    public TimeSpan Patience { get; set; } = Timeout.InfiniteTimeSpan;

    /// <summary>True if the stream is a terminal.</summary>
    public bool IsTerminal => !WasClosedAtStart && StreamCalls.IsTerminal(descriptor) == 1;

    /// <inheritdoc/>
    public override bool CanRead => access == FileAccess.Read;

    /// <inheritdoc/>
    public override bool CanWrite => access == FileAccess.Write;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Waits for input. Returns 0 at the end of input; a terminal may have several ends (Ctrl-D).</summary>
    /// <exception cref="IOException">The stream cannot be read: it is closed, a directory, or a terminal that no longer exists.</exception>
    public override int Read(Span<byte> buffer)
    {
        ThrowIfClosed();
        while (true)
        {
            nint count = StreamCalls.Read(descriptor, buffer, (nuint)buffer.Length);
            if (count >= 0)
            {
                return (int)count;
            }

            ThrowUnlessToBeRepeated(StreamCalls.Readable);
        }
    }

    /// <summary>Writes all of <paramref name="buffer"/>, in one system call unless the stream takes less.</summary>
    /// <exception cref="IOException">The stream is closed, its reader has gone, or the disk is full.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        ThrowIfClosed();
        while (!buffer.IsEmpty)
        {
            if (Patience != Timeout.InfiniteTimeSpan && !StreamCalls.IsReady(descriptor, StreamCalls.Writable, Patience))
            {
                throw new IOException("Nobody reads it.");
            }

            nint count = StreamCalls.Write(descriptor, buffer, (nuint)buffer.Length);
            if (count >= 0)
            {
                buffer = buffer[(int)count..];
            }
            else
            {
                ThrowUnlessToBeRepeated(StreamCalls.Writable);
            }
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
        // There is no buffer.
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    private void ThrowIfClosed()
    {
        if (WasClosedAtStart)
        {
            throw new NobodyReadsException("It was closed when the program started.");
        }
    }

    /// <summary>After a failed call: returns when the call can be repeated.</summary>
    private void ThrowUnlessToBeRepeated(short readiness)
    {
        int error = Marshal.GetLastPInvokeError();
        if (error == StreamCalls.NotReady)
        {
            StreamCalls.IsReady(descriptor, readiness, Timeout.InfiniteTimeSpan);
        }
        else if (error is StreamCalls.NobodyReads or StreamCalls.BadDescriptor)
        {
            throw new NobodyReadsException(Marshal.GetPInvokeErrorMessage(error));
        }
        else if (error != StreamCalls.Interrupted)
        {
            throw new IOException(Marshal.GetPInvokeErrorMessage(error));
        }
    }
}
