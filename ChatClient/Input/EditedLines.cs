using System.Globalization;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.ChatClient.Editing;

namespace ThreadedChat.ChatClient.Input;

/// <summary>Lines that the user edits at a terminal: passes keys to the composer, and its results to the screen.</summary>
/// <param name="keys">The keys. Read by the thread that calls <see cref="Read"/>.</param>
/// <param name="composer">The line being typed.</param>
/// <param name="screen">Shows it.</param>
/// <param name="file">Where entered texts are kept; null for none.</param>
internal sealed class EditedLines(KeyReader keys, LineComposer composer, EditingScreen screen, HistoryFile? file) : ILineSource
{
    private const string Cleared = "The line is cleared (Ctrl-_ brings it back). Ctrl-C on an empty line ends the client.";

    private static readonly string TooLong = string.Create(
        CultureInfo.InvariantCulture, $"A text has at most {LineEditor.MaxLength} characters: the last input was dropped.");

    private readonly Queue<Key> _unread = [];
    private readonly Queue<string> _entered = [];
    private string? _unsaved; // the last entered text, until its lines are sent
    private bool _hasEnded;

    // Guards composer and _hasExplained, which the thread of a signal uses too. The composer reads the names for completion under it.
    private readonly Lock _gate = new();
    private bool _hasExplained;

    private LineView View
    {
        get
        {
            lock (_gate)
            {
                return composer.View;
            }
        }
    }

    public LinePart? Read()
    {
        Save();
        while (_entered.Count == 0)
        {
            if (_hasEnded)
            {
                return null;
            }

            PressKeys();
        }

        return new LinePart(_entered.Dequeue(), EndsLine: true);
    }

    /// <summary>For any thread: the user has pressed Ctrl-C. False if there is no line to clear: the program is to end.</summary>
    /// <exception cref="IOException">Standard output is closed.</exception>
    public bool TryInterrupt()
    {
        bool explains;
        lock (_gate)
        {
            if (!composer.TryInterrupt(out bool isCleared))
            {
                return false;
            }

            explains = isCleared && !_hasExplained;
            _hasExplained |= explains;
        }

        Show();
        if (explains)
        {
            screen.ShowNews(Cleared);
        }

        return true;
    }

    /// <summary>Draws once for all keys of one read, up to a key that ends the line.</summary>
    private void PressKeys()
    {
        if (_unread.Count == 0)
        {
            if (keys.Read() is not { } read)
            {
                End();
                return;
            }

            foreach (Key key in read)
            {
                _unread.Enqueue(key);
            }
        }

        while (_unread.TryDequeue(out Key key))
        {
            if (key.Kind == KeyKind.CursorPosition)
            {
                screen.CursorIs(key.Column);
                continue; // an answer of the terminal, not a key
            }

            if (key.Kind is KeyKind.FocusGained or KeyKind.FocusLost)
            {
                screen.ShowFocus(key.Kind == KeyKind.FocusGained);
                continue;
            }

            switch (Press(key, out string[] lines))
            {
                case Pressed.Entered:
                    screen.ShowEntered(lines);
                    Array.ForEach(lines, _entered.Enqueue);
                    return;
                case Pressed.Ended:
                    End();
                    return;
                case Pressed.ClearScreen:
                    screen.Clear();
                    break;
                case Pressed.TooLong:
                    screen.ShowNews(TooLong);
                    break;
            }
        }

        Show();
    }

    private Pressed Press(Key key, out string[] lines)
    {
        lock (_gate)
        {
            Pressed pressed = composer.Press(key);
            lines = [];
            if (pressed == Pressed.Entered)
            {
                _unsaved = composer.Text;
                lines = composer.TakeEntered();
            }

            return pressed;
        }
    }

    /// <summary>Shows the line. Two threads may do so: each repeats it until it has shown the current line.</summary>
    private void Show()
    {
        LineView shown;
        do
        {
            shown = View;
            screen.ShowLine(shown);
        }
        while (View != shown);
    }

    private void Save()
    {
        if (_entered.Count == 0 && _unsaved is { } text)
        {
            _unsaved = null;
            if (file?.Add(text) is { } problem)
            {
                screen.ShowNews(problem);
            }
        }
    }

    private void End()
    {
        _hasEnded = true;
        screen.ShowEnd();
    }
}
