using System.Globalization;

namespace ThreadedChat.ChatClient.Editing;

/// <summary>The question before a text of many lines is sent. The first letter answers it; the rest of the word and Enter belong to the answer.</summary>
internal sealed class SendQuestion
{
    private readonly RestOfAnswer _rest = new();

    public bool IsOpen { get; private set; }

    /// <summary>The question about a text of so many lines.</summary>
    public static LineView View(int lines) => new(string.Create(CultureInfo.InvariantCulture, $"Send these {lines} lines? y/n "), "", 0);

    public void Open() => IsOpen = true;

    /// <summary>The answer is no.</summary>
    public void Cancel() => IsOpen = false;

    /// <summary>Applies a key while the question is open.</summary>
    public Pressed Answer(Key key)
    {
        switch (key.Kind)
        {
            case KeyKind.Text when FirstLetter(key.Text) is 'y' or 'Y':
                IsOpen = false;
                _rest.Begin("yes", BehindFirstLetter(key.Text));
                return Pressed.Entered;
            case KeyKind.Text when FirstLetter(key.Text) is 'n' or 'N':
                IsOpen = false;
                _rest.Begin("no", BehindFirstLetter(key.Text));
                return Pressed.Edited;
            case KeyKind.Escape or KeyKind.Abort:
                IsOpen = false;
                return Pressed.Edited;
            case KeyKind.ClearScreen:
                return Pressed.ClearScreen;
            default:
                return Pressed.Edited; // not an answer
        }
    }

    /// <summary>As <see cref="RestOfAnswer.Takes"/>.</summary>
    public bool TakesRest(Key key, out string text) => _rest.Takes(key, out text);

    /// <summary>One key has several letters if the user types quickly or the terminal is slow.</summary>
    private static char FirstLetter(string text) => text.FirstOrDefault(char.IsLetter);

    private static string BehindFirstLetter(string text) => string.Concat(text.SkipWhile(character => !char.IsLetter(character)).Skip(1));
}
