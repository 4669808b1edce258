using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>Answers longer than the limit of a queue: a client that reads gets them whole.</summary>
[TestClass]
public sealed class LongAnswerTests
{
    private const int Channels = 400;

    private static readonly ServerOptions TightLimits = new()
    {
        SendLimits = new SendLimits(SoftBytes: 16_000, HardBytes: 32_000, SlowTimeout: TimeSpan.FromSeconds(30)),
        SendBufferBytes = 4_096,
    };

    /// <summary>In ordinal order, and so long that each fills a frame.</summary>
    private static readonly string[] Names = [.. Enumerable.Range(0, Channels).Select(i => $"{i:d4}{new string('x', 150)}")];

    [TestMethod]
    public void A_list_longer_than_the_hard_limit_reaches_a_client_that_reads()
    {
        using var server = new TestServer(TightLimits);
        WireClient panda = EnterAndCreateAll(server);

        panda.Send("/list");

        panda.Read(Channels).MustBe(Names);
    }

    [TestMethod]
    public void Many_requests_in_one_send_are_all_answered_to_a_client_that_reads()
    {
        const int Requests = 20;
        using var server = new TestServer(TightLimits);
        WireClient panda = EnterAndCreateAll(server);

        panda.Send(Enumerable.Repeat("/list", Requests));

        panda.Read(Requests * Channels).MustBe(Enumerable.Repeat(Names, Requests).SelectMany(names => names));
    }

    [TestMethod]
    public void A_client_that_reads_a_list_at_30_KB_a_second_gets_all_of_it()
    {
        const int Step = 6, Pace = 40; // frames, milliseconds
        using var server = new TestServer(new ServerOptions
        {
            SendLimits = TightLimits.SendLimits with { SlowTimeout = TimeSpan.FromMilliseconds(400) },
            SendBufferBytes = TightLimits.SendBufferBytes,
        });
        EnterAndCreateAll(server).Fence();
        WireClient slow = server.Connect(receiveBuffer: 4_096);
        slow.Send("Slow", "/list");
        using var pace = new ManualResetEventSlim();
        List<string> got = [];

        while (got.Count < Channels)
        {
            pace.Wait(Pace);
            got.AddRange(slow.Read(Math.Min(Step, Channels - got.Count)));
        }

        got.ToArray().MustBe(Names);
        slow.Send("/list");
        Assert.AreEqual(Names[0], slow.Read());
    }

    private static WireClient EnterAndCreateAll(TestServer server)
    {
        WireClient panda = server.Enter("Panda");
        panda.Send(Names.Select(name => $"/create {name}"));
        return panda;
    }
}
