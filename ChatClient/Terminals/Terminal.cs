using System.Text;
using ThreadedChat.Common.Streams;

namespace ThreadedChat.ChatClient.Terminals;

/// <summary>
/// The only type that uses standard input, output and error. A stream that is null was closed when the program started.
/// </summary>
/// <remarks>
/// One thread reads, and one thread at a time writes: the screen has a lock for that. A read or a write may wait without limit
/// (the user types nothing; a pager is paused).
/// </remarks>
internal sealed class Terminal(Stream? input, Stream? output, Stream? error)
{
    /// <summary>The terminal or the pipes the program was started with.</summary>
    public static Terminal OpenStandard() => new(
        StandardStreams.Input.WasClosedAtStart ? null : TerminalDevice.OpenInput(StandardStreams.Input),
        UnlessClosed(StandardStreams.Output), UnlessClosed(StandardStreams.Error));

    /// <summary>Standard error; null if it was closed when the program started.</summary>
    public Stream? Error => error;

    /// <summary>Waits for input; 0 at its end. Input that is closed or unreadable has ended.</summary>
    public int Read(Span<byte> buffer)
    {
        try
        {
            return input?.Read(buffer) ?? 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>Writes to standard output without a buffer.</summary>
    /// <exception cref="IOException">Standard output is closed.</exception>
    public void Write(ReadOnlySpan<byte> utf8)
    {
        if (output is null)
        {
            throw new NobodyReadsException("Standard output is closed.");
        }

        output.Write(utf8);
    }

    /// <summary>Writes to standard error, if there is one.</summary>
    public void WriteError(string text)
    {
        try
        {
            error?.Write(Encoding.UTF8.GetBytes(text));
        }
        catch (IOException)
        {
            // There is no other place to report this.
        }
    }

    private static StandardStream? UnlessClosed(StandardStream stream) => stream.WasClosedAtStart ? null : stream;
}
