using ThreadedChat.ChatClient.Display;
using ThreadedChat.ChatClient.Editing;
using ThreadedChat.ChatClient.Terminals;

namespace ThreadedChat.ChatClient.Input;

/// <summary>
/// The front end: a line editor at a terminal, lines for a screen reader, or plain bytes. The program chooses once,
/// and no other part asks which of them it is.
/// </summary>
internal sealed class FrontEnd : IDisposable
{
    private readonly Func<ISeenNames, LineFramer, Func<TimeSpan?>, ILineSource> _openLines;
    private volatile EditedLines? _edited; // once the user can type

    private FrontEnd(Screen screen, ITerminalWindow? window, bool mayAddText, Func<ISeenNames, LineFramer, Func<TimeSpan?>, ILineSource> openLines)
    {
        Screen = screen;
        Window = window;
        MayAddText = mayAddText;
        _openLines = openLines;
    }

    public Screen Screen { get; }

    /// <summary>The window that lines are edited in; null if the terminal edits them, or there is none.</summary>
    public ITerminalWindow? Window { get; }

    /// <summary>False if docs/protocol.md, section 5, fixes each byte of the output: then the client adds no text of its own.</summary>
    public bool MayAddText { get; }

    /// <summary>For pipes, files and simple terminals.</summary>
    public static FrontEnd Plain(Terminal terminal) =>
        new(new PlainScreen(terminal), window: null, mayAddText: false, (_, _, _) => new LineReader(terminal));

    /// <summary>For a terminal whose text a program reads aloud.</summary>
    public static FrontEnd ForScreenReader(Terminal terminal, MessageStyle style) =>
        new(new ScreenReaderScreen(terminal, style), window: null, mayAddText: true, (_, _, whileIdle) => new LineReader(
            terminal, OperatingSystem.IsWindows() ? null : new IdleWait(TerminalDevice.HasInput, whileIdle))); // there a key counts as input, long before its line ends

    /// <summary>For a terminal on which a line can be edited.</summary>
    /// <param name="terminal">Standard input and output.</param>
    /// <param name="device">Their terminal.</param>
    /// <param name="style">The look of messages.</param>
    /// <param name="title">The title of the window.</param>
    /// <param name="notify">The kind of notification of a mention while the window does not have the focus.</param>
    /// <param name="history">Where entered texts are kept; null for nowhere.</param>
    public static FrontEnd Editing(Terminal terminal, TerminalDevice device, MessageStyle style, TerminalTitle title, NotifyRule notify, HistoryFile? history)
    {
        var screen = new EditingScreen(terminal, device, style, title, notify);
        return new FrontEnd(screen, screen, mayAddText: true, (names, framer, whileIdle) =>
        {
            string? problem = null;
            IReadOnlyList<string> earlier = history?.Load(out problem) ?? [];
            if (problem is not null)
            {
                screen.ShowNews(problem);
            }

            return new EditedLines(
                new KeyReader(terminal, TerminalDevice.HasInput, whileIdle), new LineComposer(names, framer.CountMessages, earlier), screen, history);
        });
    }

    /// <summary>Starts to read lines. For one thread.</summary>
    /// <param name="names">The names that completion offers.</param>
    /// <param name="framer">Counts the messages that a line is sent as.</param>
    /// <param name="whileIdle">Called before each wait for a key: <see cref="KeyReader"/>. Not in plain output.</param>
    public ILineSource OpenLines(ISeenNames names, LineFramer framer, Func<TimeSpan?> whileIdle)
    {
        ILineSource lines = _openLines(names, framer, whileIdle);
        _edited = lines as EditedLines;
        return lines;
    }

    /// <summary>For any thread: the user has pressed Ctrl-C. False if there is no line to clear: the program is to end.</summary>
    /// <exception cref="IOException">Standard output is closed.</exception>
    public bool TryInterruptLine() => _edited?.TryInterrupt() == true;

    public void Dispose() => Screen.Dispose();
}
