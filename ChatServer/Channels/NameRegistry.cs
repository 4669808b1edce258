using ThreadedChat.Common.Unicode;

namespace ThreadedChat.ChatServer.Channels;

/// <summary>
/// Which names may be used: by default all; with <c>--unique-names</c> each name once at a time, compared as people see it
/// (<see cref="LookAlike.Key"/>); with <c>--strict-names</c> each look once at a time (<see cref="LookAlike.Skeletons"/>).
/// </summary>
internal sealed class NameRegistry(bool unique, bool strict = false)
{
    /// <summary>Guards <see cref="_taken"/>. A leaf: no other lock is taken under it.</summary>
    private readonly Lock _gate = new();

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>False if the name breaks the additional rules of <c>--strict-names</c>.</summary>
    public bool Allows(string name) => !strict || ParticipantName.IsStrict(name);

    /// <summary>True if <paramref name="name"/> may be used; then the caller must <see cref="Release"/> it when its client has left.</summary>
    public bool TryTake(string name)
    {
        if (!unique && !strict)
        {
            return true;
        }

        IReadOnlyCollection<string> keys = KeysOf(name);
        lock (_gate)
        {
            if (_taken.Overlaps(keys))
            {
                return false;
            }

            _taken.UnionWith(keys);
            return true;
        }
    }

    /// <summary>Frees a name that <see cref="TryTake"/> has granted.</summary>
    public void Release(string name)
    {
        if (!unique && !strict)
        {
            return;
        }

        IReadOnlyCollection<string> keys = KeysOf(name);
        lock (_gate)
        {
            _taken.ExceptWith(keys);
        }
    }

    private IReadOnlyCollection<string> KeysOf(string name) => strict ? LookAlike.Skeletons(name) : [LookAlike.Key(name)];
}
