using ThreadedChat.ChatClient.Editing;
using ThreadedChat.ChatClient.Terminals;

namespace ThreadedChat.ChatClient.Input;

/// <summary>Reads keys from a terminal that is set to hand them over one by one. One thread.</summary>
/// <param name="terminal">Where they come from.</param>
/// <param name="hasInput">Waits up to some time for there to be something to read; <see cref="TerminalDevice.HasInput"/>.</param>
internal sealed class KeyReader(Terminal terminal, Func<TimeSpan, bool> hasInput)
{
    private const int BytesPerRead = 4 * 1024;

    private readonly KeyParser _parser = new();
    private readonly byte[] _bytes = new byte[BytesPerRead];

    /// <summary>Waits for keys, and returns all there are; null when the terminal is gone. May be none: half a key came.</summary>
    public IReadOnlyList<Key>? Read()
    {
        if (_parser.Patience is { } patience && !hasInput(patience))
        {
            return _parser.GiveUp();
        }

        int count = terminal.Read(_bytes);
        return count == 0 ? null : _parser.Parse(_bytes.AsSpan(0, count));
    }
}
