using System.Diagnostics;
using System.Net.Sockets;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Reliability;

/// <summary>docs/decisions/0011: members that read well and then stop, one after the other, hold up the others once, and no member that reads is disconnected for it.</summary>
[TestClass]
[DoNotParallelize] // has both processors to itself
[TestCategory(Soak.Category)]
public sealed class StoppingMembersTests(TestContext context) : ProgramTests
{
    private const int Kilobyte = 1024;
    private const int Pace = 10; // milliseconds

    private static readonly int Attackers = Soak.Size(8, 60);

    /// <summary>How long a member reads before it stops, and how long after the one before it.</summary>
    private static readonly TimeSpan ReadsFor = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Gap = TimeSpan.FromSeconds(Soak.Size(0.25, 0.1));

    [TestMethod]
    public void Members_that_read_and_then_stop_one_after_the_other_hold_up_the_others_only_once()
    {
        Needs.Linux();
        using LiveServer server = LiveServer.Start("--soft-limit", "65536");
        WireClient[] attacked = server.Gather("attacked", "Writer", "Carol", "Dave");
        WireClient[] control = server.Gather("control", "Writer", "Carol", "Dave");
        using var memory = new AttackMemory(server);
        using var stop = new ManualResetEventSlim();
        int returned = 0, inside = 0, outside = 0;
        (int Inside, int Outside) first = default;

        Together.Run(
        [
            () => TalkOn(attacked[0], Talk(100_000), stop),
            () => TalkOn(control[0], Talk(100_000), stop),
            () => CountRounds(attacked[1], attacked[2], ref inside, stop),
            () => CountRounds(control[1], control[2], ref outside, stop),
            () => StopInTurn(server, "attacked", stops: true, ref returned, stop),
            () => StopInTurn(server, "control", stops: false, ref returned, stop),
            () => Watch(
                stop,
                () => Volatile.Read(ref returned) > 0,
                () => first = (Volatile.Read(ref inside), Volatile.Read(ref outside)),
                () => Volatile.Read(ref returned) >= Soak.Size(2, 5) * Attackers),
        ], 2 * Limit.Load);

        inside -= first.Inside;
        outside -= first.Outside;
        context.WriteLine(
            $"{Attackers} members that read and then stop, {returned} times disconnected: from the first time on two others said {inside} times something to each "
            + $"other, two in a channel whose members all read {outside} times; before that {first}; {memory.End()}");
        Assert.IsGreaterThan(outside / 2, inside);
    }

    [TestMethod]
    public void Members_that_read_slowly_and_pause_stay_while_others_stop_one_after_the_other()
    {
        TimeSpan slowTimeout = TimeSpan.FromSeconds(Soak.Size(3, 1)); // on a busy machine the test itself may read late
        Needs.Linux();
        using LiveServer server = LiveServer.Start(
            "--slow-timeout", $"{(int)slowTimeout.TotalSeconds}", "--soft-limit", $"{Soak.Size(100_000, 262_144)}", "--log-level", "debug");
        WireClient writer = server.Gather("attacked", "Writer")[0];
        using var memory = new AttackMemory(server);
        using var stop = new ManualResetEventSlim();
        int returned = 0, ended = 0, pauses = 0;
        long read = 0;
        string[] cutOff = [];
        bool IsEnough() => Volatile.Read(ref ended) > 0
            || (Volatile.Read(ref returned) >= Soak.Size(3, 3 * Attackers) && Volatile.Read(ref pauses) >= Soak.Size(3, 30));

        Together.Run(
        [
            () => TalkOn(writer, Talk(200_000), stop),
            () => StopInTurn(server, "attacked", stops: true, ref returned, stop),
            () => ReadSlowly(server, slowTimeout * 0.7, () => Volatile.Read(ref returned) > 0, ref read, ref ended, ref pauses, stop),
            () => Watch(
                stop,
                IsEnough,
                () => cutOff = [.. server.Log.Split('\n').Where(line => line.Contains("closed: SlowConsumer", StringComparison.Ordinal))],
                IsEnough),
        ], 2 * Limit.Load);

        context.WriteLine(
            $"{returned} members that stop were disconnected, {Figures.Memory(read)} read slowly, {pauses} pauses after the first disconnection; {memory.End()}");
        cutOff = [.. cutOff.Where(line => !line.Contains("Stops", StringComparison.Ordinal))];
        Assert.IsEmpty(cutOff, string.Join('\n', cutOff));
        Assert.AreEqual(0, ended, "members that read slowly and whose connection has ended");
        Assert.IsGreaterThan(0, read);
    }

    /// <summary>Calls <paramref name="note"/> once <paramref name="isTime"/>; ends the test once <paramref name="isEnough"/>.</summary>
    private static void Watch(ManualResetEventSlim stop, Func<bool> isTime, Action note, Func<bool> isEnough)
    {
        try
        {
            Eventually.True(isTime, "the server should disconnect members that stop", Limit.Load);
            note(); // before the end: after it nobody reads
            Eventually.True(isEnough, "the server should disconnect them again and again", Limit.Load);
        }
        finally
        {
            stop.Set();
        }
    }

    /// <summary>What one client says every <see cref="Pace"/>: more than the 64 KiB a second that a channel has while it waits for a slow member.</summary>
    private static byte[] Talk(int bytesPerSecond) => WireFrame.Encode(Enumerable.Range(0, bytesPerSecond * Pace / 1_000 / WireFrame.Size).Select(i => $"talk {i}"));

    private static void TalkOn(WireClient writer, byte[] talk, ManualResetEventSlim stop)
    {
        var buffer = new byte[64 * Kilobyte];
        while (!stop.Wait(Pace))
        {
            writer.SendBytes(talk);
            ReadAll(writer, buffer);
        }
    }

    private static void CountRounds(WireClient carol, WireClient dave, ref int rounds, ManualResetEventSlim stop)
    {
        for (; !stop.Wait(Pace / 2); Interlocked.Increment(ref rounds))
        {
            carol.Send($"ping {rounds}");
            dave.ReadUntil($"[Carol] ping {rounds}");
            dave.Send($"pong {rounds}");
            carol.ReadUntil($"[Dave] pong {rounds}");
        }
    }

    /// <summary>Members that read all there is. One after the other stops, if they do that at all, and comes back as soon as it is disconnected.</summary>
    private static void StopInTurn(LiveServer server, string channel, bool stops, ref int returned, ManualResetEventSlim stop)
    {
        var buffer = new byte[64 * Kilobyte];
        var clock = Stopwatch.StartNew();
        Queue<(WireClient Client, TimeSpan Since)> reading = new(Enumerable.Range(0, Attackers).Select(_ => (Join(server, channel, "Stops"), clock.Elapsed)));
        List<WireClient> stopped = [];
        TimeSpan due = ReadsFor, check = Gap;
        while (!stop.Wait(Pace))
        {
            foreach ((WireClient client, _) in reading)
            {
                ReadAll(client, buffer);
            }

            if (stops && clock.Elapsed >= due && reading.TryPeek(out (WireClient Client, TimeSpan Since) oldest) && clock.Elapsed - oldest.Since >= ReadsFor)
            {
                due = clock.Elapsed + Gap;
                stopped.Add(reading.Dequeue().Client);
            }

            if (clock.Elapsed < check)
            {
                continue;
            }

            check = clock.Elapsed + (Gap / 2);
            foreach (WireClient client in stopped.Where(IsDisconnected).ToArray())
            {
                stopped.Remove(client);
                client.Dispose();
                reading.Enqueue((Join(server, channel, "Stops"), clock.Elapsed));
                Interlocked.Increment(ref returned);
            }
        }
    }

    /// <summary>
    /// Members that read 100 KB a second, pause now and then for so long, and come back as new ones after a while. Counts the pauses that began when
    /// <paramref name="isCounted"/>, and that the member survived.
    /// </summary>
    private static void ReadSlowly(
        LiveServer server, TimeSpan pause, Func<bool> isCounted, ref long read, ref int ended, ref int survived, ManualResetEventSlim stop)
    {
        const int Count = 6;
        const int BytesPerSecond = 100_000;
        TimeSpan every = pause * 5.3; // so it takes 80 KB a second
        var buffer = new byte[64 * Kilobyte];
        var clients = new WireClient[Count];
        var since = new TimeSpan[Count];
        var allowed = new double[Count];
        var state = new (bool Pauses, bool IsCounted)[Count];
        var clock = Stopwatch.StartNew();
        for (int i = 0; i < Count; i++)
        {
            clients[i] = Join(server, "attacked", "Slow");
            since[i] = -(every * i / Count); // they pause at different times
        }

        TimeSpan last = clock.Elapsed;
        while (!stop.Wait(Pace))
        {
            TimeSpan now = clock.Elapsed;
            double bytes = BytesPerSecond * (now - last).TotalSeconds;
            last = now;
            for (int i = 0; i < Count; i++)
            {
                TimeSpan age = now - since[i];
                bool pauses = age.Ticks % every.Ticks >= (every - pause).Ticks;
                allowed[i] = pauses ? 0 : Math.Min(allowed[i] + bytes, buffer.Length);
                bool hasEnded = allowed[i] >= 1 && !TryRead(clients[i], buffer, ref allowed[i], ref read);
                if (pauses != state[i].Pauses)
                {
                    survived += !pauses && !hasEnded && state[i].IsCounted ? 1 : 0;
                    state[i] = (pauses, isCounted());
                }

                if (hasEnded || age > 3 * every)
                {
                    ended += hasEnded ? 1 : 0;
                    clients[i].Dispose();
                    clients[i] = Join(server, "attacked", "Slow");
                    (since[i], allowed[i]) = (now, 0);
                }
            }
        }
    }

    /// <summary>Reads what is there and allowed. False if the connection has ended.</summary>
    private static bool TryRead(WireClient client, byte[] buffer, ref double allowed, ref long read)
    {
        if (client.Socket.Poll(0, SelectMode.SelectRead))
        {
            int count = client.Socket.Receive(buffer, 0, (int)allowed, SocketFlags.None, out SocketError error);
            if (error != SocketError.Success || count == 0)
            {
                return false;
            }

            allowed -= count;
            read += count;
        }

        return true;
    }

    private static void ReadAll(WireClient client, byte[] buffer)
    {
        while (client.Socket.Available > 0)
        {
            client.Socket.Receive(buffer);
        }
    }

    /// <summary>True if the server has disconnected the client, which does not read: that shows when it sends a blank frame, which asks for nothing.</summary>
    private static bool IsDisconnected(WireClient client)
    {
        try
        {
            client.Send("");
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private static WireClient Join(LiveServer server, string channel, string name)
    {
        WireClient client = server.Connect(receiveBuffer: 16 * Kilobyte);
        client.Send(name, $"/join {channel}");
        return client;
    }
}
