namespace ThreadedChat.Common.Streams;

/// <summary>
/// One of the process's standard streams, straight from the system, unbuffered. What the framework offers
/// does not do: <c>Console</c>'s streams ignore that nobody reads any more, fail where they were closed, and change the
/// terminal; <c>FileStream</c> writes to a file at positions of its own, over what others write there
/// (<c>(client …; echo done) &gt; file</c>), and fails where the stream was made non-blocking.
/// </summary>
public sealed class StandardStream(int descriptor, FileAccess access) : Stream
{
    private readonly IStreamSystem _system = OperatingSystem.IsWindows() ? new WindowsStream(descriptor) : new UnixStream(descriptor);

    /// <summary>True if the program was started with this stream closed (<c>&lt;&amp;-</c>).</summary>
    public bool WasClosedAtStart => _system.WasClosedAtStart;

    /// <summary>How long a write waits for a slow reader, before what is left of it is dropped. Without end, unless it is set.</summary>
    public TimeSpan Patience { get; set; } = Timeout.InfiniteTimeSpan;

    /// <summary>True if it is a terminal.</summary>
    public bool IsTerminal => _system.IsTerminal;

    /// <summary>
    /// True if colours may be written to it: it is a terminal that has them, and the user has not set <c>NO_COLOR</c>
    /// (https://no-color.org). A console of Windows would have to be switched to them, and back again at every end of the program.
    /// </summary>
    public bool ShowsColours =>
        IsTerminal
        && !OperatingSystem.IsWindows()
        && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb")
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

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
        return _system.Read(buffer);
    }

    /// <summary>Writes all of <paramref name="buffer"/>.</summary>
    /// <exception cref="IOException">The stream takes no more: it is closed, nobody reads it, or the disk is full.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        ThrowIfClosed();
        _system.Write(buffer, Patience);
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
}
