using System.Net;
using System.Text.Json;
using ThreadedChat.ChatServer.Http;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>docs/live.md, How it works: the stream of events, without a browser.</summary>
[TestClass]
public sealed class LiveEventsTests
{
    private static readonly ServerOptions WithHttp = new() { Http = new IPEndPoint(IPAddress.Loopback, 0) };

    [TestMethod]
    public void The_first_event_has_each_client_and_the_next_ones_only_the_client_that_does_something()
    {
        const int Count = 50;
        using var server = new TestServer(WithHttp);
        WireClient[] clients = [.. Enumerable.Range(0, Count).Select(i => server.Enter($"Panda{i}"))];
        using var page = new EventStream(server.Http);

        Assert.HasCount(Count, ClientsIn(page.Next()));
        AwaitNothing(page);

        clients[7].SendBytes(WireFrame.Encode("half a frame").AsSpan(0, 100));
        var events = new List<string>();
        Eventually.True(
            () =>
            {
                events.Add(page.Next());
                return events[^1].Contains("[8,null,0,1,0,0,100,0,0]", StringComparison.Ordinal);
            },
            "the client should have 100 bytes of a frame");
        Assert.AreSequenceEqual([8], events.SelectMany(ClientsIn).Distinct());
        AwaitNothing(page);
    }

    [TestMethod]
    public void More_pages_than_the_server_serves_get_an_error_until_one_is_closed()
    {
        using var server = new TestServer(WithHttp);
        EventStream[] pages = [.. Enumerable.Range(0, HttpLimits.Default.Streams).Select(_ => new EventStream(server.Http))];
        Array.ForEach(pages, page => page.Next());

        Assert.AreEqual(503, HttpProbe.Get(server.Http, "/events").Status);
        Assert.AreEqual(200, HttpProbe.Get(server.Http, "/healthz").Status);

        pages[3].Dispose();
        Eventually.True(
            () =>
            {
                using var next = new EventStream(server.Http);
                return next.Head.Contains(" 200 OK", StringComparison.Ordinal);
            },
            "there should be a place for a page again");
        Array.ForEach(pages, page => page.Dispose());
    }

    /// <summary>Waits for an event with nothing but the time.</summary>
    private static void AwaitNothing(EventStream page) => Eventually.True(() => page.Next().Length < 120, "nothing should change");

    private static long[] ClientsIn(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.GetProperty("rows").EnumerateArray().Select(row => row[0].GetInt64())];
    }
}
