using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Reliability;

/// <summary>A server that was stopped and continued (<c>kill -STOP</c>, a paused container, a machine that slept) disconnects no client for it.</summary>
[TestClass]
[DoNotParallelize] // has both processors to itself
[TestCategory(Soak.Category)]
public sealed class PauseTests(TestContext context) : ProgramTests
{
    /// <summary>Longer than the slow timeout.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1.5);

    [TestMethod]
    public void Pauses_of_the_server_disconnect_no_member_that_reads()
    {
        Needs.Linux();
        int members = Soak.Size(10, 50);
        const int Pauses = 3;
        using LiveServer server = LiveServer.Start("--log-level", "debug");
        WireClient writer = server.Gather("room", "Writer")[0];
        WireClient[] readers = [.. Enumerable.Range(0, members).Select(_ => server.Connect(receiveBuffer: 16 * 1024))];
        Array.ForEach(readers, reader => reader.Send("Reader", "/join room"));
        using var stop = new ManualResetEventSlim();
        using var memory = new AttackMemory(server);
        (long Bytes, int Ended) read = default;

        Together.Run(
        [
            () => ClientPump.Write([writer], WireFrame.Encode(Enumerable.Range(0, 64).Select(i => $"flood {i}")), stop),
            () => ClientPump.Read([writer], double.PositiveInfinity, stop),
            () => read = ClientPump.Read(readers, double.PositiveInfinity, stop),
            () => PauseAndGoOn(server, Pauses, stop),
        ], Limit.Load);

        context.WriteLine(
            $"Stopped {Pauses} times for {Figures.Time(Pause)}: {server.Closed("SlowConsumer")} of {members} members that read cut off, "
            + $"{Figures.Memory(read.Bytes)} read by them; {memory.End()}");
        Assert.AreEqual(0, server.Closed("SlowConsumer"));
        Assert.AreEqual(0, read.Ended);
    }

    [TestMethod]
    public void A_member_that_pauses_shortly_while_the_server_is_stopped_is_not_disconnected()
    {
        Needs.Linux();
        for (int i = 0; i < 3; i++)
        {
            using LiveServer server = LiveServer.Start("--log-level", "debug");
            (WireClient writer, WireClient reader) = server.Gather("room", "Writer", "Reader");
            using var stop = new ManualResetEventSlim();
            using var goOn = new ManualResetEventSlim();
            Together.Run(
            [
                () => ClientPump.Write([writer], WireFrame.Encode(Enumerable.Range(0, 64).Select(n => $"flood {n}")), stop),
                () =>
                {
                    goOn.Wait(Limit.Wait); // does not read before that
                    ClientPump.Read([reader], double.PositiveInfinity, stop);
                },
                () =>
                {
                    // Stopped in the middle of the moment in which the member does not read.
                    stop.Wait(TimeSpan.FromMilliseconds(125));
                    server.Process.Pause(TimeSpan.FromSeconds(2.5));
                    stop.Wait(TimeSpan.FromMilliseconds(125));
                    goOn.Set();
                    stop.Wait(TimeSpan.FromSeconds(1));
                    stop.Set();
                },
            ], Limit.Load);

            Assert.AreEqual(0, server.Closed("SlowConsumer"), $"run {i}");
        }
    }

    [TestMethod]
    public void A_stop_of_the_server_that_is_longer_than_a_timeout_disconnects_no_client_that_sends_in_time()
    {
        Needs.Linux();
        int clients = Soak.Size(40, 400);
        int seconds = Soak.Size(3, 11);
        string timeout = RunScript.Text(seconds - 1);
        using LiveServer server = LiveServer.Start("--name-timeout", timeout, "--frame-timeout", timeout, "--log-level", "debug");
        WireClient[] newcomers = [.. Enumerable.Range(0, clients).Select(_ => server.Connect())];
        WireClient[] talkers = [.. Enumerable.Range(0, clients).Select(_ => server.Enter("Talker"))];
        byte[] question = WireFrame.Encode("/what");
        byte[] name = WireFrame.Encode("Late");
        Array.ForEach(talkers, talker => talker.SendBytes(question.AsSpan(0, 100)));
        using var isStopped = new ManualResetEventSlim();

        Together.Run(
        [
            () => server.Process.Pause(TimeSpan.FromSeconds(seconds)),
            () =>
            {
                isStopped.Wait(TimeSpan.FromSeconds(1)); // in the pause, and in time
                Array.ForEach(newcomers, newcomer => newcomer.SendBytes(name));
                Array.ForEach(talkers, talker => talker.SendBytes(question.AsSpan(100)));
            },
        ]);

        const string Answer = "/what is not a valid control message. Valid messages are /create, /list, and /join.";
        Array.ForEach(talkers, talker => Assert.AreEqual(Answer, talker.Read()));
        Array.ForEach(newcomers, newcomer => Assert.IsEmpty(newcomer.Fence()));
        context.WriteLine(
            $"Stopped for {seconds} s, deadlines {timeout} s: of {2 * clients} clients that sent in time "
            + $"{server.Closed("NameTimeout") + server.Closed("FrameTimeout")} cut off");
        Assert.AreEqual(0, server.Closed("NameTimeout") + server.Closed("FrameTimeout"));
    }

    private static void PauseAndGoOn(LiveServer server, int pauses, ManualResetEventSlim stop)
    {
        TimeSpan between = TimeSpan.FromSeconds(0.5);
        for (int i = 0; i < pauses; i++)
        {
            stop.Wait(between);
            server.Process.Pause(Pause);
        }

        stop.Wait(between);
        stop.Set();
    }
}
