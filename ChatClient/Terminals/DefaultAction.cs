using System.Runtime.Versioning;

namespace ThreadedChat.ChatClient.Terminals;

/// <summary>
/// Gives a signal its default action until it is disposed: the system performs that action even if this process cannot run. Then
/// restores the action before.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class DefaultAction : IDisposable
{
    private const int ActionSize = 256; // larger than a struct sigaction on any system

    private readonly int _signal;
    private readonly byte[] _before = new byte[ActionSize];

    public DefaultAction(int signal)
    {
        _signal = signal;
        _ = TerminalCalls.SetSignalAction(signal, new byte[ActionSize], _before);
    }

    public void Dispose() => _ = TerminalCalls.SetSignalAction(_signal, _before, new byte[ActionSize]);
}
