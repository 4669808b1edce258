using System.Text;
using ThreadedChat.ChatClient.Editing;
using ThreadedChat.ChatClient.Terminals;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Display;

/// <summary>
/// Standard output when it is a terminal: what comes goes above the line being typed, which is never disturbed. Its
/// transcript reads as docs/protocol.md, section 5, has it.
/// </summary>
internal sealed class EditingScreen(Terminal terminal, TerminalDevice device, MessageStyle style) : Screen
{
    private static readonly LineView EmptyLine = new(ProtocolText.MessagePrefix, "", 0);

    // Guards writing to the terminal, its settings, and all below. Held while a write waits for a slow terminal, and
    // while the process is stopped: to print is all the others could want it for.
    private readonly Lock _gate = new();
    private readonly LinePainter _painter = new(TerminalDevice.Size.Columns, TerminalDevice.Size.Rows);
    private LineView? _line; // null while no line is asked for
    private bool _hasAsked; // for a line, at any time
    private bool _isSuspended;
    private bool _isClosed;

    public override void ShowBeforePrompt(string text) => ShowNews(text);

    public override void ShowPrompt() => ShowLine(EmptyLine);

    public override void ShowNotice(string text) => Do(() =>
    {
        _line = EmptyLine;
        Write(_painter.Print(style.FormatOwn(text)) + _painter.Draw(EmptyLine));
    });

    public override void ShowNews(string text) => Do(() => Write(_painter.Print(style.FormatOwn(text))));

    public override void ShowReceived(ReadOnlySpan<byte> frames)
    {
        var texts = new List<string>(frames.Length / Frame.Size);
        for (; !frames.IsEmpty; frames = frames[Frame.Size..])
        {
            if (ReceivedFrame.Text(frames[..Frame.Size]) is { Length: > 0 } text)
            {
                texts.Add(text);
            }
        }

        string styled = style.Format(texts);
        if (styled.Length > 0)
        {
            Do(() => Write(_painter.Print(styled)));
        }
    }

    /// <summary>Shows the line being typed.</summary>
    public void ShowLine(LineView line) => Do(() =>
    {
        bool isFirst = _line is null;
        _line = line;
        _hasAsked = true;
        if (isFirst)
        {
            // What was typed too early stands there, echoed by the terminal. It is still to be read.
            device.Enter();
            Write(_painter.DrawAnew(line));
        }
        else
        {
            Write(_painter.Draw(line));
        }
    });

    /// <summary>The line is done: these <paramref name="lines"/> stay, and the next prompt comes behind them.</summary>
    public void ShowEntered(IEnumerable<string> lines) => Do(() =>
        Write(_painter.Erase() + string.Concat(lines.Select(line => $"{ProtocolText.MessagePrefix}{line}\r\n"))));

    /// <summary>No more is going to be typed. What still comes is shown without a prompt.</summary>
    public void ShowEnd() => Do(() =>
    {
        _line = null;
        Write(_painter.Leave());
    });

    /// <summary>Clears the screen but for the line.</summary>
    public void Clear() => Do(() => Write(_painter.DrawOnClearedScreen(_line ?? EmptyLine)));

    /// <summary>The window may have another size now.</summary>
    public void Resize() => Do(() => { });

    /// <summary>Leaves the terminal to the shell, if there is one, and stops the process until it is continued.</summary>
    public void Suspend() => Do(() =>
    {
        if (!TerminalDevice.HasShell)
        {
            return;
        }

        Write(_painter.Erase());
        device.Leave();
        _isSuspended = true;
        device.StopProcess();
    });

    /// <summary>The process was continued, after <see cref="Suspend"/> or however it was stopped: takes up again where it was.</summary>
    public void Continue() => Do(() =>
    {
        if (!_isSuspended)
        {
            _painter.Forget(); // stopped by somebody else, and who knows what was written meanwhile
        }

        _isSuspended = false;
        if (_line is { } line)
        {
            device.Enter();
            Write(_painter.DrawAnew(line));
        }
    });

    /// <summary>As <see cref="Screen.Close"/>, but what is half typed stays above: it may be wanted again.</summary>
    public override void Close(string lastWords) => Close(() =>
        (_line is { Text: "" } ? _painter.Erase() : _painter.Leave()) + lastWords.ReplaceLineEndings("\r\n"));

    public override void Interrupt() => Close(() => _hasAsked ? _painter.Leave() : "\r\n");

    public override void Dispose() => device.Leave();

    private void Close(Func<string> lastWords)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
            try
            {
                Write(lastWords());
            }
            catch (IOException)
            {
                // The program ends anyway, for the reason it has.
            }

            device.Leave();
        }
    }

    private void Do(Action action)
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                // Asked each time: a key or a message may be here before the signal that tells of another size.
                (int columns, int rows) = TerminalDevice.Size;
                Write(_painter.Resize(columns, rows));
                action();
            }
        }
    }

    private void Write(string text)
    {
        if (text.Length > 0)
        {
            terminal.Write(Encoding.UTF8.GetBytes(text));
        }
    }
}
