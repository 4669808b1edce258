using System.Diagnostics;
using System.Net.Sockets;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Reliability;

/// <summary>Many clients that send single bytes and never complete a frame.</summary>
[TestClass]
[DoNotParallelize] // has both processors to itself
[TestCategory(Soak.Category)]
public sealed class SlowlorisTests(TestContext context) : ProgramTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(Soak.Size(2, 10));

    /// <summary>The sweeper looks once a second; the rest is for a busy machine.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(10);

    /// <summary>The longest wait of a normal client on a busy machine; the figure itself is reported.</summary>
    private static readonly TimeSpan LongestEntrance = TimeSpan.FromSeconds(5);

    [TestMethod]
    public void Clients_that_send_slowly_are_closed_at_the_deadline_while_a_normal_client_connects()
    {
        int count = Soak.Size(200, 2_000);
        Needs.Linux();
        Needs.Sockets(count);
        string seconds = RunScript.Text((int)Deadline.TotalSeconds);
        using LiveServer server = LiveServer.Start("--name-timeout", seconds, "--frame-timeout", seconds, "--log-level", "debug");
        ProcessFigures before = server.Figures;
        var random = new Random(Soak.Seed);
        var clock = Stopwatch.StartNew();
        List<Trickler> open = [.. Enumerable.Range(0, count).Select(i => new Trickler(server.Connect(), isNamed: i % 2 == 0))];
        var entrances = new List<TimeSpan>();
        TimeSpan first = TimeSpan.Zero;

        while (open.Count > 0)
        {
            foreach (Trickler trickler in open)
            {
                trickler.SendPerhaps(random);
            }

            entrances.Add(Visit(server));
            int closed = open.RemoveAll(trickler => trickler.IsClosed);
            first = first == TimeSpan.Zero && closed > 0 ? clock.Elapsed : first;
            Assert.IsLessThan(Deadline + Late, clock.Elapsed, $"{open.Count} of {count} are still open.");
        }

        TimeSpan last = clock.Elapsed;
        server.AwaitBackTo(before);
        var average = TimeSpan.FromMilliseconds(entrances.Average(time => time.TotalMilliseconds));
        context.WriteLine(
            $"{count} who trickle, deadline {seconds} s: the first closed after {Figures.Time(first)}, the last after {Figures.Time(last)}; "
            + $"{server.Closed("NameTimeout")} had no name, {server.Closed("FrameTimeout")} were inside a frame. Meanwhile {entrances.Count} "
            + $"good clients got in, within {Figures.Time(average)} on average and {Figures.Time(entrances.Max())} at most. "
            + $"Server before: {before}; after: {server.Figures}. Seed {Soak.Seed}");
        Assert.AreEqual(count / 2, server.Closed("NameTimeout"));
        Assert.AreEqual(count / 2, server.Closed("FrameTimeout"));
        Assert.IsGreaterThan(Deadline, first, "No client is closed before the deadline.");
        Assert.IsLessThan(LongestEntrance, entrances.Max());
    }

    /// <summary>How long it takes to connect, to give a name, and to be answered.</summary>
    private static TimeSpan Visit(LiveServer server)
    {
        long start = Stopwatch.GetTimestamp();
        using WireClient visitor = WireClient.Connect(server.Port);
        visitor.Introduce("Visitor");
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>A client that sends single bytes and never a whole frame, after its name or inside it.</summary>
    private sealed class Trickler
    {
        private const int OneIn = 100;

        private readonly WireClient _client;
        private int _left = WireFrame.Size - 1;

        public Trickler(WireClient client, bool isNamed)
        {
            _client = client;
            if (isNamed)
            {
                client.Send("Trickler");
            }

            SendOne();
        }

        public bool IsClosed { get; private set; }

        /// <summary>Sends a byte, at random about every hundredth time; never the last of a frame.</summary>
        public void SendPerhaps(Random random)
        {
            if (random.Next(OneIn) == 0 && _left > 0)
            {
                SendOne();
            }

            IsClosed |= _client.Socket.Poll(TimeSpan.Zero, SelectMode.SelectRead); // it is sent nothing, so this is the end
        }

        private void SendOne()
        {
            try
            {
                _client.SendBytes("x"u8);
                _left--;
            }
            catch (SocketException)
            {
                IsClosed = true;
            }
        }
    }
}
