namespace ThreadedChat.ChatClient.Terminals;

/// <summary>
/// While it lives, a signal has its default action: the system carries that out by itself, even where this process cannot
/// run. Disposed, it gives the signal back to whoever handled it.
/// </summary>
internal sealed class DefaultAction : IDisposable
{
    private const int ActionSize = 256; // more than a struct sigaction has anywhere

    private readonly int _signal;
    private readonly byte[] _before = new byte[ActionSize];

    public DefaultAction(int signal)
    {
        _signal = signal;
        _ = CLibrary.SetSignalAction(signal, new byte[ActionSize], _before);
    }

    public void Dispose() => _ = CLibrary.SetSignalAction(_signal, _before, new byte[ActionSize]);
}
