namespace ThreadedChat.ChatClient.Session;

/// <summary>The latest names of one kind. Has no lock: its owner has one.</summary>
internal sealed class SeenNames
{
    /// <summary>The most names kept: a peer could invent any number of names.</summary>
    public const int Max = 1000;

    private readonly List<string> _names = []; // latest last

    /// <summary>A copy, the latest first.</summary>
    public IReadOnlyList<string> Latest
    {
        get
        {
            string[] latest = [.. _names];
            Array.Reverse(latest);
            return latest;
        }
    }

    public void Note(string name)
    {
        if (_names is [.., var latest] && latest == name)
        {
            return;
        }

        _names.Remove(name);
        _names.Add(name);
        if (_names.Count > Max)
        {
            _names.RemoveAt(0);
        }
    }

    /// <summary>Notes a name as if it had been seen before all others, unless it is known: somebody who says nothing comes last.</summary>
    public void NoteSilent(string name)
    {
        if (_names.Count < Max && !_names.Contains(name))
        {
            _names.Insert(0, name);
        }
    }

    public void RemoveAll(Predicate<string> isWrong) => _names.RemoveAll(isWrong);
}
