using System.Runtime.InteropServices;

namespace ThreadedChat.Common.Streams;

/// <summary>
/// One of the process's standard streams, straight from the C library, unbuffered. What the framework offers
/// does not do: <c>Console</c>'s streams ignore that nobody reads any more, fail where they were closed, and change the
/// terminal; <c>FileStream</c> writes to a file at positions of its own, over what others write there
/// (<c>(client …; echo done) &gt; file</c>), and fails where the stream was made non-blocking.
/// </summary>
public sealed class StandardStream(int descriptor, FileAccess access) : Stream
{
    /// <summary>
    /// True if the program was started with this stream closed (<c>&lt;&amp;-</c>). The runtime has then opened a file
    /// of its own under the same number; those, unlike all that was handed to us, are close-on-exec.
    /// </summary>
    public bool WasClosedAtStart { get; } =
        StreamCalls.Control(descriptor, StreamCalls.GetDescriptorFlags) is var flags
        && (flags < 0 || (flags & StreamCalls.CloseOnExec) != 0);

    /// <summary>How long a write waits for a slow reader, before what is left of it is dropped. Without end, unless it is set.</summary>
    public TimeSpan Patience { get; set; } = Timeout.InfiniteTimeSpan;

    /// <summary>True if it is a terminal.</summary>
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

    /// <summary>Waits for input. Returns 0 at its end, of which a terminal may have several (Ctrl-D).</summary>
    /// <exception cref="IOException">The stream cannot be read: it is closed, a directory, or a terminal that is gone.</exception>
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
    /// <exception cref="IOException">The stream takes no more: it is closed, nobody reads it, or the disk is full.</exception>
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
        // Nothing is held back.
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

    /// <summary>After a call that failed: returns when it is to be made again.</summary>
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
