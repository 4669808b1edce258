namespace ThreadedChat.ChatClient.Editing;

/// <summary>
/// The texts entered so far, newest last, and a place among them. Behind the newest is the text being typed. Edits of an entry are
/// kept until the next text is entered.
/// </summary>
internal sealed class History
{
    public const int MaxCount = 1000;

    private readonly List<string> _entered = [];

    // By place; the text being typed has the place _entered.Count. Only places that the user has left.
    private readonly Dictionary<int, Draft> _drafts = [];

    /// <summary>The place that is shown: 0 for the oldest text, <see cref="Newest"/> for the text being typed.</summary>
    public int Place { get; private set; }

    /// <summary>The place of the text being typed.</summary>
    public int Newest => _entered.Count;

    /// <summary>Adds a text unless it is blank or equal to the last one. All edits of entries are discarded, and Up starts from here again.</summary>
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

        Reset();
    }

    /// <summary>Discards all edits of entries. The shown text is now the text being typed.</summary>
    public void Reset()
    {
        _drafts.Clear();
        Place = Newest;
    }

    /// <summary>Notes the text of the current place, with its edits.</summary>
    public void Keep(Draft shown) => _drafts[Place] = shown;

    /// <summary>Goes to another place. Returns the text there, with its edits; null if there is no such place.</summary>
    /// <param name="place">The place to go to.</param>
    /// <param name="shown">The text of the current place, to be kept.</param>
    public Draft? GoTo(int place, Draft shown)
    {
        if (place < 0 || place > Newest)
        {
            return null;
        }

        Keep(shown);
        Place = place;
        return _drafts.GetValueOrDefault(place) ?? Draft.Of(TextAt(place));
    }

    /// <summary>The nearest entry whose text <paramref name="isMatch"/> accepts, from <paramref name="start"/> on; null if there is none.</summary>
    /// <param name="start">The first place to look at.</param>
    /// <param name="step">-1 for older entries, 1 for newer ones.</param>
    /// <param name="isMatch">True for an entry that matches the query.</param>
    public int? Find(int start, int step, Func<string, bool> isMatch)
    {
        for (int place = start; place >= 0 && place < Newest; place += step)
        {
            if (isMatch(TextAt(place)))
            {
                return place;
            }
        }

        return null;
    }

    /// <summary>The text of an entry with its edits.</summary>
    public string TextAt(int place) => _drafts.TryGetValue(place, out Draft? draft) ? draft.Text : place < Newest ? _entered[place] : "";
}
