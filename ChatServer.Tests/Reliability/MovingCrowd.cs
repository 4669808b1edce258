using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Reliability;

/// <summary>
/// A busy server: some channels, in each a few members that stay and only read, and movers between them. Runs in rounds, each
/// checked to the last message by a <see cref="MoveLedger"/>. The same seed gives the same choices; the system's
/// scheduler makes its own.
/// </summary>
internal sealed class MovingCrowd
{
    private const int MoverCount = 16;
    private const int StepsPerRound = 200;

    /// <summary>Many, so that a delivery to all takes long enough for another message to arrive in between.</summary>
    private const int StayersPerChannel = 12;

    private const string LastWord = "that is all";

    private static readonly string[] Channels = ["alpha", "beta"];

    private readonly Func<int, WireClient> _connect;
    private readonly Mover[] _movers;
    private readonly HashSet<string> _brokenOff = [];

    /// <param name="port">The port of a server without these channels.</param>
    /// <param name="seed">The seed of the random choices.</param>
    public MovingCrowd(int port, int seed)
        : this(_ => WireClient.Connect(port), seed)
    {
    }

    /// <param name="ports">The ports of servers that form one chat: each client connects to the next one.</param>
    /// <param name="seed">The seed of the random choices.</param>
    public MovingCrowd(int[] ports, int seed)
        : this(number => WireClient.Connect(ports[number % ports.Length]), seed)
    {
    }

    /// <param name="connect">Connects the client with this number to a server without these channels.</param>
    /// <param name="seed">The seed of the random choices.</param>
    public MovingCrowd(Func<int, WireClient> connect, int seed)
    {
        _connect = connect;
        _movers = [.. Enumerable.Range(0, MoverCount).Select(i => new Mover(i, () => connect(i), Channels, new Random(seed + i)))];
        using WireClient founder = Enter("Founder");
        founder.Send(Channels.Select(channel => $"/create {channel}"));
        founder.EndSending();
        Assert.IsEmpty(founder.ReadToEnd());
    }

    public int Rounds { get; private set; }

    public long Lives { get; private set; }

    public long Messages { get; private set; }

    public long Deliveries { get; private set; }

    /// <summary>The totals as text.</summary>
    public override string ToString() =>
        $"{Rounds} rounds, {Lives} connections, {_brokenOff.Count} of them broken off; {Messages} messages and notices, {Deliveries} deliveries";

    /// <summary>One round: everybody moves, then every delivery is checked.</summary>
    public void Round()
    {
        (string Channel, WireClient Client)[] stayers =
            [.. Channels.SelectMany(channel => Enumerable.Range(0, StayersPerChannel).Select(i => (channel, Stay(channel, i))))];
        var seen = new string[stayers.Length][];

        int moving = _movers.Length;
        Together.Run(
        [
            .. _movers.Select<Mover, Action>(mover => () =>
            {
                try
                {
                    mover.Move(StepsPerRound);
                }
                finally
                {
                    if (Interlocked.Decrement(ref moving) == 0)
                    {
                        Conclude();
                    }
                }
            }),
            .. stayers.Select<(string, WireClient Client), Action>((stayer, i) => () => seen[i] = Watch(stayer.Client)),
        ], Limit.Load); // longer than each wait of theirs: one that fails names what it waited for

        var orders = new Dictionary<string, string[]>();
        for (int i = 0; i < stayers.Length; i++)
        {
            string channel = stayers[i].Channel;
            if (!orders.TryAdd(channel, seen[i]))
            {
                seen[i].MustBe(orders[channel], $"Who stays in {channel} sees what the others see who stay there. Seed {Soak.Seed}");
            }
        }

        Check(orders);
    }

    private void Check(Dictionary<string, string[]> orders)
    {
        Life[] lives = [.. _movers.SelectMany(mover => mover.TakeLives())];
        var ledger = new MoveLedger(orders);
        ledger.Check(lives, _brokenOff);
        _brokenOff.UnionWith(lives.Where(life => !life.EndedWell).Select(life => life.Name));

        Rounds++;
        Lives += lives.Length;
        Messages += orders.Values.Sum(order => order.Length);
        Deliveries += ledger.Deliveries + orders.Values.Sum(order => order.Length * StayersPerChannel);
    }

    private WireClient Stay(string channel, int number)
    {
        WireClient stayer = Enter($"Stayer-{channel}-{number}", number); // a name of its own: with the extended mode names are unique
        stayer.Send($"/join {channel}");
        stayer.Fence();
        return stayer;
    }

    /// <summary>
    /// The frames that a member that stays receives, until the last message and the last notice: if a connection was
    /// reset, the server may notice it later. Then that member leaves too.
    /// </summary>
    private static string[] Watch(WireClient stayer)
    {
        var seen = new List<string>();
        var present = new HashSet<string>();
        bool isOver = false;
        while (!isOver || present.Count > 0)
        {
            string text = stayer.Read();
            string name = MoveLedger.NameIn(text);
            isOver |= text == $"[Conductor] {LastWord}";
            if (name == "Conductor" || name.StartsWith("Stayer-", StringComparison.Ordinal))
            {
                continue;
            }

            seen.Add(text);
            if (text == Life.Joined(name))
            {
                Assert.IsTrue(present.Add(name), $"{name} joined twice. Seed {Soak.Seed}");
            }
            else if (text == Life.Left(name))
            {
                Assert.IsTrue(present.Remove(name), $"{name} left without being there. Seed {Soak.Seed}");
            }
        }

        stayer.EndSending();
        stayer.ReadToEnd();
        stayer.Dispose();
        return [.. seen];
    }

    /// <summary>After the last mover has left: sends a last message to each channel, so that the members that stay know.</summary>
    private void Conclude()
    {
        using WireClient conductor = Enter("Conductor");
        conductor.Send(Channels.SelectMany(channel => (string[])[$"/join {channel}", LastWord]));
        conductor.Fence();
    }

    private WireClient Enter(string name, int number = 0)
    {
        WireClient client = _connect(number);
        client.Introduce(name);
        return client;
    }
}
