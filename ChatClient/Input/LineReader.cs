using System.Text;
using ThreadedChat.ChatClient.Terminals;

namespace ThreadedChat.ChatClient.Input;

/// <summary>
/// Reads lines of UTF-8 from standard input; invalid bytes become U+FFFD. Holds at most one part of a long line. For one thread.
/// </summary>
/// <param name="terminal">Standard input.</param>
/// <param name="idle">What is due while no line comes; null in plain output, where nothing is.</param>
internal sealed class LineReader(Terminal terminal, IdleWait? idle = null) : ILineSource
{
    /// <summary>A line longer than this, in UTF-16 units, is returned in parts of at least this length, except the last part.</summary>
    public const int PartLength = 8 * 1024;

    // In line mode a terminal returns at most 4,095 bytes.
    private const int BytesPerRead = 4 * 1024;

    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly byte[] _bytes = new byte[BytesPerRead];

    // From _start to _end: read and not yet returned. There is always room for one more read behind PartLength.
    private readonly char[] _chars = new char[PartLength + Encoding.UTF8.GetMaxCharCount(BytesPerRead)];
    private int _start;
    private int _end;

    private bool _isInsideLine;
    private bool _hasEnded;

    private ReadOnlySpan<char> Unread => _chars.AsSpan(_start, _end - _start);

    /// <summary>Waits for the next line or part; null at the end of input. A last line needs no line break.</summary>
    public LinePart? Read()
    {
        while (true)
        {
            int lineBreak = Unread.IndexOf('\n');
            if (lineBreak >= 0)
            {
                LinePart line = Take(lineBreak, endsLine: true);
                _start++;
                return line;
            }

            if (_hasEnded)
            {
                return Unread.IsEmpty && !_isInsideLine ? null : Take(Unread.Length, endsLine: true);
            }

            if (Unread.Length >= PartLength)
            {
                return Take(Unread.Length, endsLine: false);
            }

            Fill();
        }
    }

    private LinePart Take(int length, bool endsLine)
    {
        var part = new LinePart(Unread[..length].ToString(), endsLine);
        _start += length;
        _isInsideLine = !endsLine;
        return part;
    }

    private void Fill()
    {
        Unread.CopyTo(_chars);
        _end -= _start;
        _start = 0;

        idle?.AwaitInput();

        // The decoder keeps an incomplete character for the next read; at the end of input it replaces it.
        int count = terminal.Read(_bytes);
        _hasEnded = count == 0;
        _end += _decoder.GetChars(_bytes.AsSpan(0, count), _chars.AsSpan(_end), flush: _hasEnded);
    }
}
