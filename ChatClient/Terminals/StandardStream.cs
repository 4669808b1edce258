using System.Runtime.InteropServices;

namespace ThreadedChat.ChatClient.Terminals;

/// <summary>
/// One of the process's standard streams, straight from the C library, unbuffered. What the framework offers
/// does not do: <c>Console</c>'s streams ignore that nobody reads any more and edit lines themselves;
/// <c>FileStream</c> writes to a file at positions of its own, over what others write there
/// (<c>(client …; echo done) &gt; file</c>), and fails where the stream was made non-blocking.
/// </summary>
internal sealed class StandardStream(int descriptor, FileAccess access) : Stream
{
    /// <summary>
    /// True if the program was started with this stream closed (<c>&lt;&amp;-</c>). The runtime has then opened a file
    /// of its own under the same number; those, unlike all that was handed to us, are close-on-exec.
    /// </summary>
    public bool WasClosedAtStart { get; } =
        CLibrary.Control(descriptor, CLibrary.GetDescriptorFlags) is var flags
        && (flags < 0 || (flags & CLibrary.CloseOnExec) != 0);

    public override bool CanRead => access == FileAccess.Read;

    public override bool CanWrite => access == FileAccess.Write;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Waits for input. Returns 0 at its end, of which a terminal may have several (Ctrl-D).</summary>
    /// <exception cref="IOException">The stream cannot be read: it is a directory, or a terminal that is gone.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            nint count = CLibrary.Read(descriptor, buffer, (nuint)buffer.Length);
            if (count >= 0)
            {
                return (int)count;
            }

            ThrowUnlessToBeRepeated(CLibrary.Readable);
        }
    }

    /// <summary>Writes all of <paramref name="buffer"/>, in one system call unless the stream takes less.</summary>
    /// <exception cref="IOException">The stream takes no more: nobody reads it, or the disk is full.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            nint count = CLibrary.Write(descriptor, buffer, (nuint)buffer.Length);
            if (count >= 0)
            {
                buffer = buffer[(int)count..];
            }
            else
            {
                ThrowUnlessToBeRepeated(CLibrary.Writable);
            }
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Nothing is held back.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>After a call that failed: returns when it is to be made again.</summary>
    private void ThrowUnlessToBeRepeated(short readiness)
    {
        int error = Marshal.GetLastPInvokeError();
        if (error == CLibrary.NotReady)
        {
            CLibrary.WaitUntil(descriptor, readiness);
        }
        else if (error != CLibrary.Interrupted)
        {
            throw new IOException(Marshal.GetPInvokeErrorMessage(error));
        }
    }
}
