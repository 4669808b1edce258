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

    private const int BytesPerRead = 64 * 1024;

    private delegate int Read(Span<byte> buffer);

    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Run(string file, Terminal terminal)
    {
        FirstProcess.EndOn(PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP, PosixSignal.SIGQUIT);
        if (file == StandardInput)
        {
            return Show(terminal.Read, terminal);
        }

        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            return Show(stream.Read, terminal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            terminal.WriteError($"Cannot read the file: {e.Message}\n");
            return ExitCode.NoFile;
        }
    }

    private static int Show(Read read, Terminal terminal)
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
