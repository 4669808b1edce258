namespace ThreadedChat.Common.Streams;

/// <summary>One of the process's three streams as the operating system has it, without a buffer.</summary>
internal interface IStreamSystem
{
    /// <summary>True if the program was started with this stream closed.</summary>
    bool WasClosedAtStart { get; }

    bool IsTerminal { get; }

    /// <summary>Waits for input. Returns 0 at its end.</summary>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    int Read(Span<byte> buffer);

    /// <summary>Writes all of <paramref name="buffer"/>.</summary>
    /// <param name="buffer">The bytes.</param>
    /// <param name="limit">How long it waits for a slow reader.</param>
    /// <exception cref="IOException">The stream takes no more.</exception>
    void Write(ReadOnlySpan<byte> buffer, TimeSpan limit);
}
