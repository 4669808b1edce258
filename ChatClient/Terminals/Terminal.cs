using System.Text;
using ThreadedChat.Common.Streams;

namespace ThreadedChat.ChatClient.Terminals;

/// <summary>
/// The only place that touches standard input, output and error: bytes in, bytes out, and what their
/// failures mean. A stream that is null was closed when the program started.
/// </summary>
/// <remarks>
/// One thread reads, and one at a time writes: see <see cref="Display.Screen"/>. A read or a write may wait for
/// ever (nobody types; a pager is paused).
/// </remarks>
internal sealed class Terminal(Stream? input, Stream? output, Stream? error)
{
    /// <summary>The terminal or the pipes the program was started with.</summary>
    public static Terminal OpenStandard() => new(
        UnlessClosed(StandardStreams.Input), UnlessClosed(StandardStreams.Output), UnlessClosed(StandardStreams.Error));

    /// <summary>Standard error, for who writes there as it goes; null where it was closed when the program started.</summary>
    public Stream? Error => error;

    /// <summary>Waits for input; 0 is its end. Input that is closed or cannot be read has ended.</summary>
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

    /// <summary>Writes to standard output, at once.</summary>
    /// <exception cref="IOException">Standard output is gone.</exception>
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
            // There is nobody left to tell.
        }
    }

    private static StandardStream? UnlessClosed(StandardStream stream) => stream.WasClosedAtStart ? null : stream;
}
