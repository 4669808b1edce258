using System.Text;
using ThreadedChat.ChatClient.Editing;

namespace ThreadedChat.ChatClient.Terminals;

/// <summary>Reads keys from a terminal that is set to hand them over one by one. One thread.</summary>
internal sealed class KeyReader(Terminal terminal)
{
    // What follows an ESC, if it begins a sequence, comes at once; over a slow line soon.
    private static readonly TimeSpan SoonAfterEscape = TimeSpan.FromMilliseconds(50);

    private const int BytesPerRead = 4 * 1024;

    private readonly KeyParser _parser = new();
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly byte[] _bytes = new byte[BytesPerRead];
    private readonly char[] _chars = new char[Encoding.UTF8.GetMaxCharCount(BytesPerRead)];

    /// <summary>Waits for keys, and returns all there are; null when the terminal is gone. May be none: half a key came.</summary>
    public IReadOnlyList<Key>? Read()
    {
        if (_parser.IsUndecided && !TerminalDevice.HasInput(SoonAfterEscape))
        {
            return _parser.GiveUp();
        }

        int count = terminal.Read(_bytes);
        return count == 0
            ? null
            : _parser.Parse(_chars.AsSpan(0, _decoder.GetChars(_bytes.AsSpan(0, count), _chars, flush: false)));
    }
}
