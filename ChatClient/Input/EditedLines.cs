using System.Globalization;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.ChatClient.Editing;

namespace ThreadedChat.ChatClient.Input;

/// <summary>Lines that the user edits at a terminal: passes keys to the composer, and its results to the screen.</summary>
internal sealed class EditedLines(KeyReader keys, LineComposer composer, EditingScreen screen) : ILineSource
{
    private static readonly string TooLong = string.Create(
        CultureInfo.InvariantCulture, $"A text has at most {LineEditor.MaxLength} characters: the last input was dropped.");

    private readonly Queue<Key> _unread = [];
    private readonly Queue<string> _entered = [];
    private bool _hasEnded;

    public LinePart? Read()
    {
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

            switch (composer.Press(key))
            {
                case Pressed.Entered:
                    string[] lines = composer.TakeEntered();
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

        screen.ShowLine(composer.View);
    }

    private void End()
    {
        _hasEnded = true;
        screen.ShowEnd();
    }
}
