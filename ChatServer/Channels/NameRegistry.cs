namespace ThreadedChat.ChatServer.Channels;

/// <summary>Who may use which name: everybody any, or, with <c>--unique-names</c>, each name once at a time.</summary>
internal sealed class NameRegistry(bool unique)
{
    /// <summary>Guards <see cref="_taken"/>. A leaf: nothing else is locked while it is held.</summary>
    private readonly Lock _gate = new();

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>True if <paramref name="name"/> may be used; the caller must <see cref="Release"/> it in the end.</summary>
    public bool TryTake(string name)
    {
        if (!unique)
        {
            return true;
        }

        lock (_gate)
        {
            return _taken.Add(name);
        }
    }

    /// <summary>Gives a name free that <see cref="TryTake"/> granted.</summary>
    public void Release(string name)
    {
        lock (_gate)
        {
            _taken.Remove(name);
        }
    }
}
