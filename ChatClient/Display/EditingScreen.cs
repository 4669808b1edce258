using System.Globalization;
using System.Text;
using ThreadedChat.ChatClient.Editing;
using ThreadedChat.ChatClient.Terminals;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Display;

/// <summary>
/// Standard output when it is a terminal: what comes goes above the line being typed, which is never disturbed. Its
/// transcript reads as docs/protocol.md, section 5, has it.
/// </summary>
internal sealed class EditingScreen : Screen, ITerminalWindow
{
    private static readonly LineView EmptyLine = new(ProtocolText.MessagePrefix, "", 0);

    // How long the screen stands still, at most, while the terminal is asked for its cursor.
    private static readonly TimeSpan LimitForAnswer = TimeSpan.FromSeconds(1);

    // How long the end of the program waits for an answer, which would otherwise be typed into the shell.
    private static readonly TimeSpan LimitAtEnd = TimeSpan.FromMilliseconds(100);

    // Sooner than this no shell continues what it has stopped: then the system did not stop us.
    private static readonly TimeSpan ShortestStop = TimeSpan.FromMilliseconds(20);

    // Guards writing to the terminal, its settings, and all below. Held while a write waits for a slow terminal, and
    // while the process is stopped: to print is all the others could want it for.
    private readonly Lock _gate = new();
    private readonly Terminal _terminal;
    private readonly TerminalDevice _device;
    private readonly MessageStyle _style;
    private readonly LinePainter _painter = new(TerminalDevice.Size.Columns, TerminalDevice.Size.Rows);
    private LineView? _line; // null while no line is asked for
    private bool _hasAsked; // for a line, at any time
    private bool _isClosed;

    // Not guarded: they are their own.
    private readonly PauseWatch _pauses = new();
    private readonly ManualResetEventSlim _isAnswered = new(initialState: true); // nothing is asked, that is
    private readonly Timer _patience;

    public EditingScreen(Terminal terminal, TerminalDevice device, MessageStyle style)
    {
        _terminal = terminal;
        _device = device;
        _style = style;
        _patience = new Timer(_ => GiveUp());
    }

    public override void ShowBeforePrompt(string text) => ShowNews(text);

    public override void ShowPrompt() => ShowLine(EmptyLine);

    public override void ShowNotice(string text) => Do(() =>
    {
        _line = EmptyLine;
        Write(_painter.Print(_style.FormatOwn(text)) + _painter.Draw(EmptyLine));
    });

    public override void ShowNews(string text) => Do(() => Write(_painter.Print(_style.FormatOwn(text))));

    public override void ShowReceived(IReadOnlyList<ReceivedText> texts)
    {
        List<ScreenLine> lines = _style.Format(texts);
        Do(() => Write(_painter.Print(lines)));
    }

    public override void ShowPause()
    {
        if (_pauses.Take() is { } pause)
        {
            ShowNews($"This client was stopped, or the computer slept, for {InWords(pause)}: the server did not wait and cut it off. "
                + "Messages may be missing.");
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
            _device.Enter();
            Write(_painter.DrawAnew(line));
        }
        else
        {
            Write(_painter.Draw(line));
        }
    });

    /// <summary>The line is done: these <paramref name="lines"/> stay, and the next prompt comes behind them.</summary>
    public void ShowEntered(IEnumerable<string> lines) => Do(() =>
    {
        string erased = _painter.Erase();
        Write(erased + _painter.Print([.. lines.Select(MessageStyle.FormatEntered)]));
    });

    /// <summary>No more is going to be typed. What still comes is shown without a prompt.</summary>
    public void ShowEnd() => Do(() =>
    {
        _line = null;
        Write(_painter.Leave());
    });

    /// <summary>Clears the screen but for the line.</summary>
    public void Clear() => Do(() => Write(_painter.DrawOnClearedScreen(_line ?? EmptyLine)));

    /// <summary>The window may have another size now.</summary>
    public void Resize() => Do(() => { }, wasResized: true);

    /// <summary>The terminal says that its cursor is in this column, counted from 1.</summary>
    public void CursorIs(int column) => Do(() => Write(_painter.CursorIs(column - 1)));

    /// <summary>Leaves the terminal to the shell, if there is one, and stops the process until it is continued.</summary>
    public void Suspend()
    {
        _isAnswered.Wait(LimitAtEnd);
        Do(() =>
        {
            if (!TerminalDevice.HasShell)
            {
                return;
            }

            Write(_painter.Erase());
            _device.Leave();
            if (_pauses.Measure(_device.StopProcess) < ShortestStop)
            {
                Resume_NeedsGate(); // the system stops neither a process without a parent to tell nor the first of a container
            }
        });
    }

    /// <summary>The process was continued, after <see cref="Suspend"/> or however it was stopped: takes up again where it was.</summary>
    public void Continue()
    {
        _pauses.Look(isCertain: true);
        Do(Resume_NeedsGate);
    }

    /// <summary>As <see cref="Screen.Close"/>, but what is half typed stays above: it may be wanted again.</summary>
    public override void Close(string lastWords) => Close(() =>
        (_line is { Text: "" } ? _painter.Erase() : _painter.Leave()) + lastWords.ReplaceLineEndings("\r\n"));

    public override void Interrupt() => Close(() => _hasAsked ? _painter.Leave() : "\r\n");

    public override void Dispose()
    {
        if (!_isAnswered.IsSet && TerminalDevice.HasInput(LimitAtEnd))
        {
            CLibrary.DiscardInput(); // nobody reads any more: only the answer is dropped here
        }

        _device.Leave();
        _patience.Dispose();
        _pauses.Dispose();
    }

    private void Resume_NeedsGate()
    {
        if (_line is { } line)
        {
            _device.Enter();
            Write(_painter.DrawAnew(line));
        }
    }

    private void GiveUp()
    {
        try
        {
            Do(() => Write(_painter.GiveUp()));
        }
        catch (IOException)
        {
            // The terminal is gone: the next one to read or print will report it.
        }
    }

    private void Close(Func<string> lastWords)
    {
        _isAnswered.Wait(LimitAtEnd);
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

            _device.Leave();
        }
    }

    private void Do(Action action, bool wasResized = false)
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                // Asked each time: a key or a message may be here before the signal that tells of another size.
                (int columns, int rows) = TerminalDevice.Size;
                string moved = _painter.Resize(columns, rows, wasResized);
                if (moved.Length > 0)
                {
                    Write(moved);
                    _patience.Change(LimitForAnswer, Timeout.InfiniteTimeSpan);
                }

                action();
                SetAnswered_NeedsGate();
            }
        }
    }

    private void SetAnswered_NeedsGate()
    {
        if (_painter.IsAsking)
        {
            _isAnswered.Reset();
        }
        else
        {
            _isAnswered.Set();
        }
    }

    private void Write(string text)
    {
        if (text.Length > 0)
        {
            _terminal.Write(Encoding.UTF8.GetBytes(text));
        }
    }

    private static string InWords(TimeSpan time) => time switch
    {
        { TotalMinutes: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, (int)Math.Round(time.TotalSeconds))} s"),
        { TotalHours: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h"),
    };
}
