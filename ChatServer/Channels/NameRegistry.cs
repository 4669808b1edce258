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

    /// <summary>For each key of a name in use, how many have it: more than one only while the owner of a name takes it over.</summary>
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);

    /// <summary>False if the name breaks the additional rules of <c>--strict-names</c>.</summary>
    public bool Allows(string name) => !strict || ParticipantName.IsStrict(name);

    /// <summary>True if <paramref name="name"/> may be used; then the caller must <see cref="Release"/> it when its client has left.</summary>
    /// <param name="name">The name.</param>
    /// <param name="isOwner">True for a client that has proved that the name is its own: it gets the name, whoever has it.</param>
    public bool TryTake(string name, bool isOwner = false)
    {
        if (!unique && !strict)
        {
            return true;
        }

        IReadOnlyCollection<string> keys = KeysOf(name);
        lock (_gate)
        {
            if (!isOwner && keys.Any(_taken.ContainsKey))
            {
                return false;
            }

            foreach (string key in keys)
            {
                _taken[key] = _taken.GetValueOrDefault(key) + 1;
            }

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
            foreach (string key in keys)
            {
                if (_taken.GetValueOrDefault(key) is var count and > 1)
                {
                    _taken[key] = count - 1;
                }
                else
                {
                    _taken.Remove(key);
                }
            }
        }
    }

    private IReadOnlyCollection<string> KeysOf(string name) => strict ? LookAlike.Skeletons(name) : [LookAlike.Key(name)];
}
