namespace ThreadedChat.Common.Streams;

/// <summary>
/// One of the standard streams, without a buffer, through the system's own calls. The framework's streams are not suitable. Those of
/// <c>Console</c> ignore that the reader has gone, fail if they were closed, and change the terminal. <c>FileStream</c> writes to a
/// file at its own positions, over the output of other programs (<c>(client …; echo done) &gt; file</c>), and fails if the stream
/// is non-blocking.
/// </summary>
public sealed class StandardStream(int descriptor, FileAccess access) : Stream
{
    private readonly IStreamSystem _system = OperatingSystem.IsWindows() ? new WindowsStream(descriptor) : new UnixStream(descriptor);

    /// <summary>True if the program was started with this stream closed (<c>&lt;&amp;-</c>).</summary>
    public bool WasClosedAtStart => _system.WasClosedAtStart;

    /// <summary>How long a write waits for a slow reader before the rest of it is discarded. Without a limit by default.</summary>
    public TimeSpan WriteLimit { get; set; } = Timeout.InfiniteTimeSpan;

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

    /// <summary>Waits for input. Returns 0 at the end of input; a terminal may have several ends (Ctrl-D).</summary>
    /// <exception cref="IOException">The stream cannot be read: it is closed, a directory, or a terminal that no longer exists.</exception>
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
        _system.Write(buffer, WriteLimit);
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
}
