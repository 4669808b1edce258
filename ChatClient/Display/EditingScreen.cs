using System.Diagnostics;
using System.Text;
using ThreadedChat.ChatClient.Editing;
using ThreadedChat.ChatClient.Terminals;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Display;

/// <summary>
/// Standard output on a terminal: shows received lines above the line that the user types, and keeps that line intact. The visible
/// text is that of docs/protocol.md, section 5.
/// </summary>
internal sealed class EditingScreen : Screen, ITerminalWindow
{
    private static readonly LineView EmptyLine = new(ProtocolText.MessagePrefix, "", 0);

    // No shell continues a process so soon: after a shorter stop, the system did not stop this process at all.
    private static readonly TimeSpan ShortestStop = TimeSpan.FromMilliseconds(20);

    // Guards writing to the terminal, its settings, the style, and all fields below. Held while a write waits for a slow terminal, and while
    // the process is stopped: other threads need it only to print as well.
    private readonly Lock _gate = new();
    private readonly Terminal _terminal;
    private readonly TerminalDevice _device;
    private readonly MessageStyle _style;
    private readonly TerminalTitle _title;
    private readonly NotifyRule _notify;
    private readonly Attention _attention = new();
    private readonly LinePainter _painter = new(TerminalDevice.Size.Columns, TerminalDevice.Size.Rows);
    private LineView? _line; // null while there is no prompt
    private string _status = ""; // in the prompt
    private string? _channel; // in the title
    private bool _hasPrompted; // at any time
    private bool _isClosed;

    // Not guarded: these are thread-safe.
    private readonly PauseWatch _pauses = new();
    private readonly AnswerWait _answer;

    public EditingScreen(Terminal terminal, TerminalDevice device, MessageStyle style, TerminalTitle title, NotifyRule notify)
    {
        _terminal = terminal;
        _device = device;
        _style = style;
        _title = title;
        _notify = notify;
        _answer = new AnswerWait(GiveUp);
    }

    public override void ShowBeforePrompt(string text) => ShowNews(text);

    public override void ShowPrompt() => ShowLine(EmptyLine);

    public override void ShowNotice(string text) => Do(() =>
    {
        _line = EmptyLine;
        Write(_painter.Print(_style.FormatOwn(text)) + _painter.Draw(EmptyLine.WithStatus(_status)));
    });

    public override void ShowNews(string text) => Do(() => Write(_painter.Print(_style.FormatOwn(text))));

    public override void ShowReceived(IReadOnlyList<ReceivedText> texts)
    {
        int messages = texts.Count(text => text.Lines is [{ Kind: ReceivedKind.Message or ReceivedKind.Private }]);
        Do(() =>
        {
            List<ScreenLine> lines = _style.Format(texts, out string? mention);
            _attention.Note(messages);
            string notification = mention is not null && _attention.IsAway ? Notification.Of(_notify, mention) : "";
            Write(_painter.Print(lines) + Title() + notification);
        });
    }

    public override void ShowPlace(string? channel) => Do(() =>
    {
        if (_channel != channel)
        {
            _style.LeaveChannel();
        }

        _channel = channel;
        Write(Title());
    });

    public override void ShowStatus(string status) => Do(() =>
    {
        if (_status != status)
        {
            _status = status;
            Write(_line is { } line ? _painter.Draw(line.WithStatus(_status)) : "");
        }
    });

    /// <summary>The window of the terminal has the focus now, or no longer.</summary>
    public void ShowFocus(bool hasFocus) => Do(() =>
    {
        if (!hasFocus)
        {
            _attention.Leave();
            return;
        }

        Write((_attention.Return() is { } text ? _painter.Print(_style.FormatOwn(text)) : "") + Title());
    });

    public override void ShowPause(bool wasBrokenOff)
    {
        if (_pauses.Take(wasBrokenOff ? PauseWatch.Remembered : PauseWatch.RememberedAtGoodEnd) is { } pause)
        {
            ShowNews(PauseNotice.Of(pause));
        }
    }

    public void ShowLine(LineView line) => Do(() =>
    {
        bool isFirst = _line is null;
        _line = line;
        _hasPrompted = true;
        if (isFirst)
        {
            // The terminal has echoed here what the user typed too early. It is still unread.
            _device.EnableRawMode();
            Write(_painter.DrawAnew(line.WithStatus(_status)) + TitleAnew());
        }
        else
        {
            Write(_painter.Draw(line.WithStatus(_status)));
        }
    });

    /// <summary>The user has entered these <paramref name="lines"/>: they stay, and the next prompt follows them.</summary>
    public void ShowEntered(IEnumerable<string> lines) => Do(() =>
    {
        string erased = _painter.Erase();
        Write(erased + _painter.Print(_style.FormatEntered(lines)));
    });

    /// <summary>The input has ended. Lines received from now on are shown without a prompt.</summary>
    public void ShowEnd() => Do(() =>
    {
        _line = null;
        Write(_painter.Leave());
    });

    public override void Clear() => Do(() => Write(_painter.DrawOnClearedScreen((_line ?? EmptyLine).WithStatus(_status))));

    /// <summary>The window may have another size now.</summary>
    public void Resize() => Do(() => { }, wasResized: true);

    /// <summary>The terminal has answered that its cursor is in this column, from 1.</summary>
    public void CursorIs(int column) => Do(() => Write(_painter.CursorIs(column - 1)));

    /// <summary>Leaves the terminal to the shell, if there is one, and stops the process until it is continued.</summary>
    public void Suspend()
    {
        _answer.AwaitAtEnd();
        Do(() =>
        {
            if (!TerminalDevice.HasShell)
            {
                return;
            }

            Write(_painter.Erase());
            _device.DisableRawMode();
            if (_pauses.Measure(TerminalDevice.StopProcess) < ShortestStop)
            {
                Resume_NeedsGate(); // the system stops neither a process in an orphaned group nor the first process of a container
            }
        });
    }

    /// <summary>The process was continued, after <see cref="Suspend"/> or a stop from outside.</summary>
    public void Continue()
    {
        _pauses.Look(isCertain: true);
        Do(Resume_NeedsGate);
    }

    /// <summary>As <see cref="Screen.Close"/>, but an unfinished line stays above, so that the user can copy it.</summary>
    public override void Close(string finalLines) => Close(() =>
        (_line is { Text: "" } ? _painter.Erase() : _painter.Leave()) + finalLines.ReplaceLineEndings("\r\n"));

    public override void Interrupt() => Close(() => _hasPrompted ? _painter.Leave() : "\r\n");

    public override void Dispose()
    {
        _answer.Dispose(); // in raw mode still: an answer has no end of line
        _device.DisableRawMode();
        _pauses.Dispose();
    }

    private void Resume_NeedsGate()
    {
        Debug.Assert(_gate.IsHeldByCurrentThread, "The gate guards writing to the terminal.");
        if (_line is { } line)
        {
            _device.EnableRawMode();
            Write(_painter.DrawAnew(line.WithStatus(_status)) + TitleAnew());
        }
    }

    /// <summary>The bytes for the title; empty before the first prompt, when the terminal has not kept the old title yet.</summary>
    private string Title() => _hasPrompted ? _title.Show(_channel, _attention.Unread) : "";

    private string TitleAnew()
    {
        _title.Forget();
        return Title();
    }

    private void GiveUp()
    {
        try
        {
            Do(() => Write(_painter.GiveUp()));
        }
        catch (IOException)
        {
            // The terminal is gone: the next read or write reports it.
        }
    }

    private void Close(Func<string> finalLines)
    {
        _answer.AwaitAtEnd();
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
            try
            {
                Write(finalLines());
            }
            catch (IOException)
            {
                // The program ends anyway.
            }

            _device.DisableRawMode();
        }
    }

    private void Do(Action action, bool wasResized = false)
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                // Read each time: a key or a message may arrive before the signal for a new size.
                (int columns, int rows) = TerminalDevice.Size;
                string moved = _painter.Resize(columns, rows, wasResized);
                if (moved.Length > 0)
                {
                    Write(moved);
                    _answer.Begin();
                }

                action();
                _answer.Set(isOpen: _painter.IsAsking);
            }
        }
    }

    private void Write(string text)
    {
        if (text.Length > 0)
        {
            _terminal.Write(Encoding.UTF8.GetBytes(text));
        }
    }
}
