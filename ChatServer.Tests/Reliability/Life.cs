namespace ThreadedChat.ChatServer.Tests.Reliability;

/// <summary>An event that the members of a watched channel see: its text is in the one order of that channel.</summary>
internal readonly record struct Sight(string Channel, string Text);

/// <summary>One life of a mover, from its unique name to the end of its connection: its actions, and the frames it received.</summary>
internal sealed class Life(string name)
{
    private readonly List<Sight[]> _commands = [];
    private readonly List<string> _seen = [];
    private int _certain;

    public string Name => name;

    /// <summary>The frames of its channels, in order.</summary>
    public IReadOnlyList<string> Seen => _seen;

    /// <summary>The watched channel it is in, as far as it knows.</summary>
    public string? Channel { get; private set; }

    /// <summary>True if the connection ended in a way in which nothing gets lost.</summary>
    public bool EndedWell { get; private set; }

    /// <summary>The notice that the other members get when it joins.</summary>
    public static string Joined(string name) => $"{name} has joined";

    /// <summary>The notice that the other members get when it leaves.</summary>
    public static string Left(string name) => $"{name} has left";

    /// <summary>The beginning of each message that it sends.</summary>
    public static string Prefix(string name) => $"[{name}] ";

    /// <summary>Notes a message that it sends.</summary>
    public void Says(string text) => Does(Channel is null ? [] : [new Sight(Channel, Prefix(name) + text)]);

    /// <summary>Notes that it moves to a watched channel; null for any other channel.</summary>
    public void MovesTo(string? channel)
    {
        Does([.. Leaving(Channel), .. channel is null ? [] : (Sight[])[new Sight(channel, Joined(name))]]);
        Channel = channel;
    }

    /// <summary>Notes frames of its channels.</summary>
    public void Saw(IEnumerable<string> texts) => _seen.AddRange(texts);

    /// <summary>Notes that the server has handled all commands so far: it has answered a later one.</summary>
    public void IsCertain() => _certain = _commands.Count;

    /// <summary>Notes that the connection ends, and whether nothing can be lost.</summary>
    public void Ends(bool well)
    {
        EndedWell = well;
        if (well)
        {
            MovesTo(null);
            IsCertain();
        }
    }

    /// <summary>
    /// Everything that others may have seen of it: one history if it closed gracefully. If its connection was reset, the server
    /// may have read any part of the frames after the last answer.
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
