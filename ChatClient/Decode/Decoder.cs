using System.Runtime.InteropServices;
using System.Text;
using ThreadedChat.ChatClient.Terminals;
using ThreadedChat.Common.Streams;
using ThreadedChat.Common.Tracing;

namespace ThreadedChat.ChatClient.Decode;

/// <summary>
/// Shows the frames in a captured stream of bytes (docs/trace.md): one line for each, in the form of a trace, and one with the
/// sums. Shows each frame as soon as it is read, so an endless stream can be decoded too.
/// </summary>
internal static class Decoder
{
    public const string StandardInput = "-";

    /// <summary>A picture shows no more of its input than this.</summary>
    public const int MostBytes = 16 * 1024 * 1024;

    private const int BytesPerRead = 64 * 1024;

    private delegate int Read(Span<byte> buffer);

    /// <param name="file">A file, or <see cref="StandardInput"/>.</param>
    /// <param name="picture">The words of a page of HTML; null for lines of text.</param>
    /// <param name="terminal">Gets the lines or the page.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Run(string file, PictureTexts? picture, Terminal terminal)
    {
        FirstProcess.EndOn(PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP, PosixSignal.SIGQUIT);
        if (file == StandardInput)
        {
            return Show(terminal.Read, file, picture, terminal);
        }

        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            return Show(stream.Read, file, picture, terminal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            terminal.WriteError($"Cannot read the file: {e.Message}\n");
            return ExitCode.NoFile;
        }
    }

    private static int Show(Read read, string file, PictureTexts? picture, Terminal terminal) =>
        picture is null ? ShowFrames(read, terminal) : ShowPicture(read, file == StandardInput ? file : Path.GetFileName(file), picture, terminal);

    private static int ShowPicture(Read read, string name, PictureTexts texts, Terminal terminal)
    {
        var buffer = new byte[BytesPerRead];
        using var input = new MemoryStream();
        int count = 0;
        while (input.Length < MostBytes && (count = read(buffer.AsSpan(0, (int)Math.Min(buffer.Length, MostBytes - input.Length)))) > 0)
        {
            input.Write(buffer, 0, count);
        }

        TryWrite(terminal, [Format(input.ToArray(), name, texts, isCut: count > 0)], out int exitCode);
        return exitCode;
    }

    /// <summary>A page of a trace if the bytes are one, else of the bytes themselves.</summary>
    private static string Format(byte[] input, string name, PictureTexts texts, bool isCut) =>
        TraceFile.TryRead(Encoding.UTF8.GetString(input).Split('\n').Select(line => line.TrimEnd('\r'))) is { } trace
            ? PicturePage.Format(trace, name, texts, isCut)
            : PicturePage.Format(input, name, texts, isCut);

    private static int ShowFrames(Read read, Terminal terminal)
    {
        var stream = new StreamTrace();
        var buffer = new byte[BytesPerRead];
        int exitCode;
        int count;
        while ((count = read(buffer)) > 0)
        {
            if (!TryWrite(terminal, stream.Add(buffer.AsSpan(0, count)), out exitCode))
            {
                return exitCode;
            }
        }

        string sums = $"{stream.Bytes} bytes, {stream.WholeFrames} whole frames";
        TryWrite(terminal, stream.Torn is string torn ? [torn, sums] : [sums], out exitCode);
        return exitCode;
    }

    /// <summary>False if nothing more can be written: the program then ends with <paramref name="exitCode"/>.</summary>
    private static bool TryWrite(Terminal terminal, IReadOnlyList<string> lines, out int exitCode)
    {
        exitCode = ExitCode.Done;
        try
        {
            terminal.Write(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => $"{line}\n"))));
            return true;
        }
        catch (NobodyReadsException)
        {
            return false;
        }
        catch (IOException e)
        {
            terminal.WriteError($"Cannot print: {e.Message}\n");
            exitCode = ExitCode.NoFile;
            return false;
        }
    }
}
