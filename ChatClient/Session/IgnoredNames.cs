using ThreadedChat.ChatClient.Display;

namespace ThreadedChat.ChatClient.Session;

/// <summary>The names whose messages and notices the user does not want to see. Any thread may use it.</summary>
internal sealed class IgnoredNames
{
    private readonly Lock _gate = new(); // guards _names
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    public IgnoredNames(IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            _names.Add(Bare(name));
        }
    }

    public IReadOnlyList<string> Names
    {
        get
        {
            lock (_gate)
            {
                return [.. _names.Order(StringComparer.OrdinalIgnoreCase)];
            }
        }
    }

    /// <summary>Ignores a name, or no longer. True if it is ignored now.</summary>
    public bool Toggle(string name)
    {
        lock (_gate)
        {
            return !_names.Remove(Bare(name)) && _names.Add(Bare(name));
        }
    }

    /// <summary>True for a message, private or not, for a line of the history and for a notice about an ignored name.</summary>
    public bool Matches(ReceivedText text)
    {
        if (text.Lines is not [var line] || line.Name.Length == 0)
        {
            return false;
        }

        lock (_gate)
        {
            return _names.Contains(Bare(line.Name));
        }
    }

    /// <summary>Without brackets: people type <c>[Name]</c> as they see it.</summary>
    private static string Bare(string name) => name.Trim('[', ']');
}
