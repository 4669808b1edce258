namespace ThreadedChat.ChatClient.Editing;

/// <summary>The texts that were killed, for yanking. Kills in a row are one entry. The oldest entries are discarded.</summary>
internal sealed class KillRing
{
    public const int MaxCount = 60;

    private readonly List<string> _kills = []; // newest last
    private int _place; // of the entry that a yank inserts

    /// <summary>The text that a yank inserts; null if nothing was killed.</summary>
    public string? Current => _kills.Count == 0 ? null : _kills[_place];

    /// <summary>Adds a killed text. The next yank inserts it.</summary>
    public void Add(string text)
    {
        _kills.Add(text);
        if (_kills.Count > MaxCount)
        {
            _kills.RemoveAt(0);
        }

        _place = _kills.Count - 1;
    }

    /// <summary>Joins a killed text to the newest entry.</summary>
    /// <param name="text">The killed text.</param>
    /// <param name="isBefore">True if it was in front of the text killed before.</param>
    public void Join(string text, bool isBefore)
    {
        _place = _kills.Count - 1;
        _kills[_place] = isBefore ? text + _kills[_place] : _kills[_place] + text;
    }

    /// <summary>Goes on to the entry before, and from the oldest one to the newest.</summary>
    public void Rotate() => _place = _place == 0 ? Math.Max(0, _kills.Count - 1) : _place - 1;
}
