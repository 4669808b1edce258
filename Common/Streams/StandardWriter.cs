using System.Text;

namespace ThreadedChat.Common.Streams;

/// <summary>
/// Writes text to a standard stream, at once, and never throws: what the stream does not take is dropped. So a log on a full
/// disk, or a report that nobody reads, changes nothing about what the program does.
/// </summary>
public sealed class StandardWriter(StandardStream stream, Encoding encoding) : TextWriter
{
    /// <summary>Why the stream did not take all that was written, the first time; null while it did, and where nobody waits for it.</summary>
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
    public override void WriteLine(string? value) => Write($"{value}{NewLine}"); // in one call: lines of several writers stay whole

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
            // As with "| head -1": nobody waits for it.
        }
        catch (IOException e)
        {
            Failure ??= e.Message;
        }
    }
}
