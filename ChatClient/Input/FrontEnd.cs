using ThreadedChat.ChatClient.Display;
using ThreadedChat.ChatClient.Editing;
using ThreadedChat.ChatClient.Terminals;

namespace ThreadedChat.ChatClient.Input;

/// <summary>
/// How the client meets its user: a line editor at a terminal, or plain bytes. The program chooses once, and no other part asks
/// which of the two it is.
/// </summary>
internal sealed class FrontEnd : IDisposable
{
    private readonly Func<ISeenNames, LineFramer, Func<TimeSpan?>, ILineSource> _openLines;

    private FrontEnd(Screen screen, ITerminalWindow? window, Func<ISeenNames, LineFramer, Func<TimeSpan?>, ILineSource> openLines)
    {
        Screen = screen;
        Window = window;
        _openLines = openLines;
    }

    public Screen Screen { get; }

    /// <summary>The window that lines are edited in; null in plain output.</summary>
    public ITerminalWindow? Window { get; }

    /// <summary>False if docs/protocol.md, section 5, fixes each byte of the output: then the client adds no text of its own.</summary>
    public bool MayAddText => Window is not null;

    /// <summary>For pipes, files and simple terminals.</summary>
    public static FrontEnd Plain(Terminal terminal) =>
        new(new PlainScreen(terminal), window: null, (_, _, _) => new LineReader(terminal));

    /// <summary>For a terminal on which a line can be edited.</summary>
    public static FrontEnd Editing(Terminal terminal, TerminalDevice device, MessageStyle style, TerminalTitle title, NotifyRule notify)
    {
        var screen = new EditingScreen(terminal, device, style, title, notify);
        return new FrontEnd(screen, screen, (names, framer, whileIdle) => new EditedLines(
            new KeyReader(terminal, TerminalDevice.HasInput, whileIdle), new LineComposer(names, framer.CountMessages), screen));
    }

    /// <summary>Starts to read lines. For one thread.</summary>
    /// <param name="names">The names that completion offers.</param>
    /// <param name="framer">Counts the messages that a line is sent as.</param>
    /// <param name="whileIdle">Called before each wait for a key: <see cref="KeyReader"/>. Not in plain output.</param>
    public ILineSource OpenLines(ISeenNames names, LineFramer framer, Func<TimeSpan?> whileIdle) => _openLines(names, framer, whileIdle);

    public void Dispose() => Screen.Dispose();
}
