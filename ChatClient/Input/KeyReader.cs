using ThreadedChat.ChatClient.Editing;
using ThreadedChat.ChatClient.Terminals;

namespace ThreadedChat.ChatClient.Input;

/// <summary>Reads keys from a terminal in raw mode. For one thread.</summary>
/// <param name="terminal">In raw mode.</param>
/// <param name="hasInput">Waits for input for at most the given time; <see cref="TerminalDevice.HasInput"/>.</param>
/// <param name="whileIdle">
/// Called before each wait for a key. Returns how long to wait at most until the next call; null for no limit. Null for nothing to do.
/// </param>
internal sealed class KeyReader(Terminal terminal, Func<TimeSpan, bool> hasInput, Func<TimeSpan?>? whileIdle = null)
{
    private const int BytesPerRead = 4 * 1024;

    private readonly KeyParser _parser = new();
    private readonly IdleWait? _idle = whileIdle is null ? null : new IdleWait(hasInput, whileIdle);
    private readonly byte[] _bytes = new byte[BytesPerRead];

    /// <summary>Waits for keys and returns all that were read; null if the terminal is gone. Empty if only a part of a key was read.</summary>
    public IReadOnlyList<Key>? Read()
    {
        if (_parser.Timeout is { } timeout)
        {
            if (!hasInput(timeout))
            {
                return _parser.GiveUp();
            }
        }
        else
        {
            _idle?.AwaitInput();
        }

        int count = terminal.Read(_bytes);
        return count == 0 ? null : _parser.Parse(_bytes.AsSpan(0, count));
    }
}
