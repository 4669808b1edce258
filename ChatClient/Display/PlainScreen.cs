using System.Diagnostics;
using System.Text;
using ThreadedChat.ChatClient.Terminals;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Display;

/// <summary>Writes exactly the bytes of docs/protocol.md, section 5: for pipes, files and simple terminals.</summary>
internal sealed class PlainScreen(Terminal terminal) : Screen
{
    private const string Wipe = $"{ProtocolText.WipeMe}\r";

    // Guards writing to the terminal, _isPrompting and _isClosed. Held while a write waits for a slow reader: other threads need it
    // only to print as well.
    private readonly Lock _gate = new();
    private bool _isPrompting;
    private bool _isClosed;

    public override void ShowBeforePrompt(string text) => Write(Encoding.UTF8.GetBytes($"{text}\n"), isPrompting: false);

    public override void ShowPrompt() => Write(Encoding.UTF8.GetBytes(ProtocolText.MessagePrefix));

    public override void ShowNotice(string text) => Write(Encoding.UTF8.GetBytes($"{text}\n{ProtocolText.MessagePrefix}"));

    public override void ShowNews(string text) =>
        Write(Encoding.UTF8.GetBytes(Format(text)));

    public override void ShowReceived(IReadOnlyList<ReceivedText> texts) =>
        Write(Encoding.UTF8.GetBytes(string.Concat(texts.Select(text => Format(text.Text)))));

    public override void Close(string finalLines)
    {
        lock (_gate)
        {
            Close_NeedsGate(_isPrompting ? Wipe + finalLines : finalLines);
        }
    }

    public override void Interrupt()
    {
        lock (_gate)
        {
            Close_NeedsGate("\n");
        }
    }

    public override void Dispose()
    {
        // Nothing was changed.
    }

    /// <summary>A line between a prompt that is wiped and a new one.</summary>
    public static string Format(string text) => $"{Wipe}{text}\n{ProtocolText.MessagePrefix}";

    private void Close_NeedsGate(string finalLines)
    {
        Debug.Assert(_gate.IsHeldByCurrentThread, "The gate guards writing to the terminal.");
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        try
        {
            terminal.Write(Encoding.UTF8.GetBytes(finalLines));
        }
        catch (IOException)
        {
            // The program ends anyway.
        }
    }

    private void Write(ReadOnlySpan<byte> utf8, bool isPrompting = true)
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                _isPrompting |= isPrompting;
                terminal.Write(utf8);
            }
        }
    }
}
