namespace ThreadedChat.ChatClient.Editing;

/// <summary>What was entered in this session, newest last. Gone with the session.</summary>
internal sealed class History
{
    /// <summary>More than these are not kept.</summary>
    public const int MaxCount = 1000;

    private readonly List<string> _entered = [];

    // Where Up and Down have come to: _entered.Count is the text that was being typed, which is kept meanwhile.
    private int _place;
    private string _draft = "";

    /// <summary>Keeps what was entered, if it is not blank nor the same as the one before. Up begins here again.</summary>
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

    /// <summary>The text before the one that is shown; null if there is none.</summary>
    /// <param name="shown">What is shown now: kept if it is the text being typed.</param>
    public string? Older(string shown)
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

    /// <summary>The text after the one that is shown, the last of them the text that was being typed; null behind that.</summary>
    public string? Newer()
    {
        if (_place == _entered.Count)
        {
            return null;
        }

        _place++;
        return _place == _entered.Count ? _draft : _entered[_place];
    }
}
