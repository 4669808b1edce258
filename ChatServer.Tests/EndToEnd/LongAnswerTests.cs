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

    private static WireClient EnterAndCreateAll(TestServer server)
    {
        WireClient panda = server.Enter("Panda");
        panda.Send(Names.Select(name => $"/create {name}"));
        return panda;
    }
}
