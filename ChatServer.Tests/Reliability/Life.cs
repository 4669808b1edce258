namespace ThreadedChat.ChatServer.Tests.Reliability;

/// <summary>Something that those in a watched channel see: its text stands in the one order of that channel.</summary>
internal readonly record struct Sight(string Channel, string Text);

/// <summary>One life of a mover, from its name, which nobody else has, to the end of its connection: what it did, and what it saw.</summary>
internal sealed class Life(string name)
{
    private readonly List<Sight[]> _commands = [];
    private readonly List<string> _seen = [];
    private int _certain;

    public string Name => name;

    /// <summary>What it saw of its channels, in that order.</summary>
    public IReadOnlyList<string> Seen => _seen;

    /// <summary>The watched channel it is in, as far as it knows.</summary>
    public string? Channel { get; private set; }

    /// <summary>True if the connection ended in a way in which nothing gets lost.</summary>
    public bool EndedWell { get; private set; }

    /// <summary>What others see of its coming.</summary>
    public static string Joined(string name) => $"{name} has joined";

    /// <summary>What others see of its going.</summary>
    public static string Left(string name) => $"{name} has left";

    /// <summary>What begins each message of its own.</summary>
    public static string Prefix(string name) => $"[{name}] ";

    /// <summary>Notes that it says something.</summary>
    public void Says(string text) => Does(Channel is null ? [] : [new Sight(Channel, Prefix(name) + text)]);

    /// <summary>Notes that it goes to a watched channel, or to an empty one.</summary>
    public void Goes(string? channel)
    {
        Does([.. Leaving(Channel), .. channel is null ? [] : (Sight[])[new Sight(channel, Joined(name))]]);
        Channel = channel;
    }

    /// <summary>Notes what it has received of its channels.</summary>
    public void Saw(IEnumerable<string> texts) => _seen.AddRange(texts);

    /// <summary>Notes that the server has done all that was asked of it so far: it has answered something later.</summary>
    public void IsCertain() => _certain = _commands.Count;

    /// <summary>Notes that the connection ends, and whether so that nothing gets lost.</summary>
    public void Ends(bool well)
    {
        EndedWell = well;
        if (well)
        {
            Goes(null);
            IsCertain();
        }
    }

    /// <summary>
    /// Everything that others may have seen of it: one history where it ended well. Where its connection was reset the server
    /// may have read any part of what came after the last answer, and then it left.
    /// </summary>
    public IEnumerable<Sight[]> Histories()
    {
        for (int done = _certain; done <= _commands.Count; done++)
        {
            Sight[] seen = [.. _commands.Take(done).SelectMany(sights => sights)];
            yield return EndedWell ? seen : [.. seen, .. Leaving(ChannelAfter(seen))];
        }
    }

    private string? ChannelAfter(Sight[] seen) =>
        seen is [] || seen[^1].Text == Left(name) ? null : seen[^1].Channel;

    private Sight[] Leaving(string? channel) => channel is null ? [] : [new Sight(channel, Left(name))];

    private void Does(Sight[] sights) => _commands.Add(sights);
}
