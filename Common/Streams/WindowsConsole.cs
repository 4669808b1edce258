using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace ThreadedChat.Common.Streams;

/// <summary>
/// The text of a console of Windows as UTF-8. The functions for UTF-16 are used, because those for bytes depend on the code page of
/// the console. One thread reads; any thread writes.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsConsole(nint handle)
{
    private const char EndOfInput = '\x1A'; // Ctrl-Z at the start of a line
    private const int BytesPerChar = 3; // at most, in UTF-8
    private const int CharsPerRead = 4096;
    private const int CharsPerWrite = 8192; // an old console takes no more than 64 KiB at a time

    private readonly Encoder _encoder = Encoding.UTF8.GetEncoder();
    private readonly char[] _read = new char[CharsPerRead];

    // Guards the decoder, which keeps an incomplete character for the next write. It is held while the console takes the text:
    // otherwise the texts of two threads would be mixed.
    private readonly object _writeGate = new();
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

    /// <summary>Waits for a line, or for a part of one that is longer than the buffer. Returns 0 at the end of input.</summary>
    /// <exception cref="IOException">The console is gone.</exception>
    public int Read(Span<byte> buffer)
    {
        int most = Math.Min(CharsPerRead, (buffer.Length / BytesPerChar) - 1);
        while (true)
        {
            if (!WindowsCalls.TryReadConsole(handle, Units(_read), (uint)most, out uint count, 0))
            {
                throw WindowsStream.Failure(Marshal.GetLastPInvokeError());
            }

            if (count > 0 && _read[0] == EndOfInput)
            {
                return 0;
            }

            // Nothing after Ctrl-C, which is a signal, and after the first half of a surrogate pair.
            int bytes = _encoder.GetBytes(_read.AsSpan(0, (int)count), buffer, flush: false);
            if (bytes > 0)
            {
                return bytes;
            }
        }
    }

    /// <summary>Writes all of <paramref name="utf8"/>, except an incomplete character at its end, which the next write completes.</summary>
    /// <exception cref="IOException">The console is gone.</exception>
    public void Write(ReadOnlySpan<byte> utf8)
    {
        lock (_writeGate)
        {
            var text = new char[Encoding.UTF8.GetMaxCharCount(utf8.Length)];
            Span<char> left = text.AsSpan(0, _decoder.GetChars(utf8, text, flush: false));
            while (!left.IsEmpty)
            {
                int length = Math.Min(left.Length, CharsPerWrite);
                length -= length < left.Length && char.IsHighSurrogate(left[length - 1]) ? 1 : 0;
                if (!WindowsCalls.TryWriteConsole(handle, Units(left), (uint)length, out uint count, 0))
                {
                    throw WindowsStream.Failure(Marshal.GetLastPInvokeError());
                }

                left = left[(int)count..];
            }
        }
    }

    private static Span<ushort> Units(Span<char> text) => MemoryMarshal.Cast<char, ushort>(text);
}
