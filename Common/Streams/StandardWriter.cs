using System.Text;

namespace ThreadedChat.Common.Streams;

/// <summary>
/// Writes text to a standard stream without a buffer, and never throws: text that the stream does not take is discarded. So a log on a full
/// disk, or a report that nobody reads, does not change what the program does.
/// </summary>
public sealed class StandardWriter(StandardStream stream, Encoding encoding) : TextWriter
{
    /// <summary>Why the stream first did not take a text; null if it took all of them, or if its reader has gone.</summary>
    public string? Failure { get; private set; }

    /// <inheritdoc/>
    public override Encoding Encoding => encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Write([value]);

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    /// <inheritdoc/>
    public override void Write(string? value) => Write(value.AsSpan());

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Write($"{value}{NewLine}"); // in one call, so that lines of several writers do not mix

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer)
    {
        var bytes = new byte[encoding.GetByteCount(buffer)];
        encoding.GetBytes(buffer, bytes);
        try
        {
            stream.Write(bytes);
        }
        catch (NobodyReadsException)
        {
            // The reader has gone, as with "| head -1".
        }
        catch (IOException e)
        {
            Failure ??= e.Message;
        }
    }
}
