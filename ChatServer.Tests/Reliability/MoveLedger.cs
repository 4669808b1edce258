using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Reliability;

/// <summary>
/// Compares what each mover sent and received with the order of each watched channel. It checks: each message is in the order
/// once, while its sender was a member; each member received exactly what is in the order between its join and its leave;
/// and each member that joined has left.
/// </summary>
/// <param name="orders">By channel: the frames of a member that stayed all the time.</param>
internal sealed class MoveLedger(IReadOnlyDictionary<string, string[]> orders)
{
    /// <summary>By name and channel: the places in the order of the channel with a text of this name.</summary>
    private readonly ILookup<(string Name, string Channel), int> _places = orders
        .SelectMany(order => order.Value.Select((text, index) => (Key: (NameIn(text), order.Key), index)))
        .ToLookup(place => place.Key, place => place.index);

    /// <summary>Messages that movers got, each counted once for each of them.</summary>
    public long Deliveries { get; private set; }

    /// <summary>The name in a text of a channel: <c>[Name] ...</c> or <c>Name has ...</c>.</summary>
    public static string NameIn(string text) =>
        text.StartsWith('[') ? text[1..text.IndexOf(']', StringComparison.Ordinal)] : text.Split(' ')[0];

    /// <summary>Fails if one of these rules is broken.</summary>
    /// <param name="lives">All lives that have ended.</param>
    /// <param name="earlier">Names of clients that reset earlier: the server may handle their frames only now.</param>
    public void Check(IReadOnlyCollection<Life> lives, IEnumerable<string> earlier)
    {
        foreach (Life life in lives)
        {
            Check(life);
            Deliveries += life.Seen.Count;
        }

        HashSet<string> known = [.. lives.Select(life => life.Name), .. earlier];
        Assert.IsEmpty(
            orders.Values.SelectMany(order => order).Where(text => !known.Contains(NameIn(text))),
            "A channel contains a message of a client that was never a member.");
    }

    private void Check(Life life)
    {
        Sight[][] histories = [.. life.Histories()];
        Sight[]? history = histories.FirstOrDefault(
            history => orders.Keys.All(channel => Of(history, channel).SequenceEqual(InOrder(life, channel))));
        if (history is null)
        {
            foreach (string channel in orders.Keys)
            {
                InOrder(life, channel).MustBe(Of(histories[^1], channel), Tell(life, $"what others saw of it in {channel}"));
            }

            Assert.Fail(Tell(life, "the frames that others received of it are not a prefix of its actions"));
        }

        string[] should = [.. ShouldHaveSeen(life, history)];
        life.Seen.MustBe(
            life.EndedWell ? should : should.Take(life.Seen.Count), // what was under way to it when it broke off is lost
            Tell(life, "what it saw"));
    }

    private static string Tell(Life life, string what) =>
        $"{life.Name}, which {(life.EndedWell ? "ended well" : "broke off")}: {what}. Seed {Soak.Seed}.";

    private static IEnumerable<string> Of(Sight[] history, string channel) =>
        history.Where(sight => sight.Channel == channel).Select(sight => sight.Text);

    private IEnumerable<string> InOrder(Life life, string channel) =>
        _places[(life.Name, channel)].Select(index => orders[channel][index]);

    /// <summary>The part of the channel's order for each visit, from its join to its leave, without its own messages.</summary>
    private IEnumerable<string> ShouldHaveSeen(Life life, Sight[] history)
    {
        Dictionary<string, Queue<int>> comings = Places(life, Life.Joined(life.Name));
        Dictionary<string, Queue<int>> goings = Places(life, Life.Left(life.Name));
        string own = Life.Prefix(life.Name);
        foreach (Sight coming in history.Where(sight => sight.Text == Life.Joined(life.Name)))
        {
            string[] order = orders[coming.Channel];
            int from = comings[coming.Channel].Dequeue() + 1;
            int to = goings[coming.Channel].Dequeue();
            for (int i = from; i < to; i++)
            {
                if (!order[i].StartsWith(own, StringComparison.Ordinal))
                {
                    yield return order[i];
                }
            }
        }
    }

    /// <summary>By channel: the places of this text, from first to last.</summary>
    private Dictionary<string, Queue<int>> Places(Life life, string text) => orders.Keys.ToDictionary(
        channel => channel,
        channel => new Queue<int>(_places[(life.Name, channel)].Where(index => orders[channel][index] == text)));
}
