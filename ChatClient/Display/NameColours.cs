using System.Text;

namespace ThreadedChat.ChatClient.Display;

/// <summary>
/// Gives each name a colour. No two names that are in the channel, as far as this client has seen, have the same one while colours
/// are left. A name keeps its colour, and gets it again when it comes back, unless another name has it by then.
/// </summary>
/// <param name="count">The number of colours; may be 0.</param>
internal sealed class NameColours(int count)
{
    /// <summary>The most names kept: a server could invent any number of names.</summary>
    public const int MaxNames = 1000;

    private readonly Dictionary<string, int> _colours = []; // of all names seen
    private readonly HashSet<string> _present = []; // those of them that are in the channel
    private readonly int[] _users = new int[count]; // for each colour, how many of _present have it

    /// <summary>The number of the colour of a name that is in the channel: 0 and up; -1 if there are no colours.</summary>
    public int Of(string name)
    {
        if (count == 0)
        {
            return -1;
        }

        if (_present.Contains(name))
        {
            return _colours[name];
        }

        if (_colours.Count >= MaxNames)
        {
            _colours.Clear();
            Leave();
        }

        int colour = FirstFree(_colours.TryGetValue(name, out int before) ? before : (int)(Hash(name) % (uint)count));
        _colours[name] = colour;
        _present.Add(name);
        _users[colour]++;
        return colour;
    }

    /// <summary>A name has left the channel: its colour is free.</summary>
    public void Left(string name)
    {
        if (_present.Remove(name))
        {
            _users[_colours[name]]--;
        }
    }

    /// <summary>This client changes to another channel: no name there is known.</summary>
    public void Leave()
    {
        _present.Clear();
        Array.Clear(_users);
    }

    /// <summary>The first colour, from <paramref name="wanted"/> on, that the fewest names have.</summary>
    private int FirstFree(int wanted)
    {
        int best = wanted;
        for (int i = 1; i < count; i++)
        {
            int colour = (wanted + i) % count;
            best = _users[colour] < _users[best] ? colour : best;
        }

        return best;
    }

    /// <summary>FNV-1a, because string.GetHashCode differs in each process.</summary>
    private static uint Hash(string name)
    {
        uint hash = 2166136261;
        foreach (byte value in Encoding.UTF8.GetBytes(name))
        {
            hash = (hash ^ value) * 16777619;
        }

        return hash;
    }
}
