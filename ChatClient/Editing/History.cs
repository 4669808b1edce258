namespace ThreadedChat.ChatClient.Editing;

/// <summary>The texts entered in this session, newest last. They are not stored.</summary>
internal sealed class History
{
    public const int MaxCount = 1000;

    private readonly List<string> _entered = [];

    // The index of the text that Up and Down show. _entered.Count stands for the unfinished text, which is kept in _draft.
    private int _place;
    private string _draft = "";

    /// <summary>Adds a text unless it is blank or equal to the last one. Up starts from here again.</summary>
    public void Add(string text)
    {
        if (!string.IsNullOrWhiteSpace(text) && (_entered.Count == 0 || _entered[^1] != text))
        {
            _entered.Add(text);
            if (_entered.Count > MaxCount)
            {
                _entered.RemoveAt(0);
            }
        }

        _place = _entered.Count;
    }

    /// <summary>The text before the shown one; null if there is none.</summary>
    /// <param name="shown">The shown text. It is kept if it is the unfinished one.</param>
    public string? Previous(string shown)
    {
        if (_place == 0)
        {
            return null;
        }

        if (_place == _entered.Count)
        {
            _draft = shown;
        }

        return _entered[--_place];
    }

    /// <summary>The text after the shown one, at the end the unfinished text; null after that.</summary>
    public string? Next()
    {
        if (_place == _entered.Count)
        {
            return null;
        }

        _place++;
        return _place == _entered.Count ? _draft : _entered[_place];
    }
}
