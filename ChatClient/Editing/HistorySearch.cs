namespace ThreadedChat.ChatClient.Editing;

/// <summary>
/// The incremental search in the history (Ctrl-R). A query without capitals finds both cases. Changes nothing: the caller takes the
/// entry that was found.
/// </summary>
internal sealed class HistorySearch(History history)
{
    /// <summary>In UTF-16 units.</summary>
    public const int MaxQuery = 256;

    private string _query = "";
    private string _lastQuery = "";

    public bool IsActive { get; private set; }

    /// <summary>The place of the entry that is shown; null if nothing was found yet.</summary>
    public int? Found { get; private set; }

    /// <summary>True if no entry has the query in it. <see cref="Found"/> is then the entry that had the first part of it.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>The query with the cursor behind it, and the entry that was found.</summary>
    public LineView View => new(
        HasFailed ? "Not found: " : "Search: ",
        Found is { } place ? $"{_query} | {history.TextAt(place)}" : _query,
        _query.Length);

    public void Begin()
    {
        (IsActive, _query, Found, HasFailed) = (true, "", null, false);
    }

    public void End()
    {
        IsActive = false;
        _lastQuery = _query.Length > 0 ? _query : _lastQuery;
    }

    /// <summary>Applies a key. False if it does not belong to the search: the search is over, and the key does its usual work.</summary>
    /// <param name="kind">The key.</param>
    /// <param name="text">The cleaned text of the key.</param>
    public bool Takes(KeyKind kind, string text)
    {
        switch (kind)
        {
            case KeyKind.Text or KeyKind.Paste:
                Type(text.Split('\n')[0]);
                return true;
            case KeyKind.SearchBack:
                Again(-1);
                return true;
            case KeyKind.SearchForward:
                Again(1);
                return true;
            case KeyKind.DeleteLeft when _query.Length > 0:
                _query = _query[..Graphemes.Before(_query, _query.Length)];
                Found = null;
                Find(history.Newest - 1, -1);
                return true;
            case KeyKind.DeleteLeft:
                return true;
            default:
                return false;
        }
    }

    private void Type(string text)
    {
        if (_query.Length + text.Length <= MaxQuery)
        {
            _query += text;
            Find(Found ?? history.Newest - 1, -1);
        }
    }

    /// <summary>The next entry in a direction, with another text. With an empty query: the query of the last search.</summary>
    private void Again(int step)
    {
        if (_query.Length == 0)
        {
            Type(_lastQuery);
        }
        else if (Found is { } place)
        {
            string shown = history.TextAt(place);
            Find(place + step, step, shown);
        }
    }

    private void Find(int start, int step, string? except = null)
    {
        if (_query.Length == 0)
        {
            (Found, HasFailed) = (null, false);
            return;
        }

        StringComparison comparison = _query.Any(char.IsUpper) ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        int? found = history.Find(start, step, text => text.Contains(_query, comparison) && text != except);
        HasFailed = found is null;
        Found = found ?? Found; // the last one stays visible
    }
}
