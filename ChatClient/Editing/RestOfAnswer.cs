namespace ThreadedChat.ChatClient.Editing;

/// <summary>
/// Keeps the rest of an answer out of the text. The first letter answers at once, but people type the whole word and Enter:
/// "es" would then go out as a message. Other input is text.
/// </summary>
internal sealed class RestOfAnswer
{
    private string? _rest; // what may still follow; null for no answer under way
    private string _typed = ""; // of that

    /// <summary>The first letter of <paramref name="word"/> has answered, and <paramref name="behind"/> came in the same key.</summary>
    public void Begin(string word, string behind)
    {
        _typed = behind.TrimEnd();
        _rest = word[1..].StartsWith(_typed, StringComparison.OrdinalIgnoreCase) ? word[1..] : null;
    }

    /// <summary>True if <paramref name="key"/> belongs to the answer.</summary>
    /// <param name="key">The key.</param>
    /// <param name="text">If it does not: the text that was typed before it.</param>
    public bool Takes(Key key, out string text)
    {
        text = "";
        if (_rest is not { } rest)
        {
            return false;
        }

        if (key.Kind == KeyKind.Text && rest.StartsWith(_typed + key.Text, StringComparison.OrdinalIgnoreCase))
        {
            _typed += key.Text;
            return true;
        }

        _rest = null;
        bool isEndOfAnswer = key.Kind == KeyKind.Enter && (_typed.Length == 0 || _typed.Length == rest.Length);
        text = isEndOfAnswer ? "" : _typed;
        return isEndOfAnswer;
    }
}
