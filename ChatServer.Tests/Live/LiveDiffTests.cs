using System.Text;
using System.Text.Json;
using CsCheck;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Live;
using ThreadedChat.ChatServer.Sending;

namespace ThreadedChat.ChatServer.Tests.Live;

/// <summary>docs/live.md: the first event has everything, each later one only what has changed.</summary>
[TestClass]
public sealed class LiveDiffTests
{
    private const int SoftLimit = 65_536;

    private static readonly ShownTexts Texts = new(areShown: true, []);

    private static readonly Gen<ClientRow> Row = Gen.Select(Gen.Int[1, 3], Gen.Int[0, 2], Gen.Int[0, 1], (name, state, queued) =>
        new ClientRow(0, $"<b>{name}", name, (ReaderState)state, SenderWaitKind.None, 0, 150, queued, queued > 0));

    private static readonly Gen<LiveSnapshot> Snapshot = Gen.Select(
        Gen.Select(Gen.Long[1, 6], Row).Array[0, 6],
        Gen.Select(Gen.Long[1, 4], Gen.Int[1, 2]).Array[0, 4],
        Gen.Int[0, 1],
        (clients, channels, figures) => Of(
            clients.DistinctBy(one => one.Item1).Select(one => one.Item2 with { Id = one.Item1 }),
            channels.DistinctBy(one => one.Item1).Select(one => new ChannelRow(one.Item1, $"room{one.Item2}")),
            figures));

    [TestMethod]
    public void If_nothing_has_changed_an_event_is_empty()
    {
        LiveSnapshot now = Of([Client(1), Client(2)], [new ChannelRow(1, "room")]);

        Assert.AreEqual(
            """{"at":0,"stopping":false,"channels":[],"channelsGone":[],"rows":[],"rowsGone":[]}""",
            Text(LiveDiff.Changes(now, now with { Clients = new Dictionary<long, ClientRow>(now.Clients) })));
    }

    [TestMethod]
    public void Only_the_client_that_has_changed_is_in_an_event()
    {
        LiveSnapshot before = Of([Client(1), Client(2), Client(3)], [new ChannelRow(1, "room")]);
        LiveSnapshot now = Of([Client(1), Client(2) with { Partial = 150, Queued = 400, IsCongested = true }], []);

        Assert.AreEqual(
            """{"at":0,"stopping":false,"channels":[],"channelsGone":[1],"rows":[[2,"Panda",1,1,0,0,150,400,1]],"rowsGone":[3]}""",
            Text(LiveDiff.Changes(before, now)));
    }

    [TestMethod]
    public void The_figures_are_sent_when_they_have_changed()
    {
        LiveSnapshot before = Of([], [], figures: 1);

        Assert.Contains("\"figures\":{\"clients\":2}", Text(LiveDiff.Changes(before, Of([], [], figures: 2))));
        Assert.DoesNotContain("figures", Text(LiveDiff.Changes(before, Of([], [], figures: 1))));
    }

    [TestMethod]
    public void The_first_event_has_what_never_changes()
    {
        string all = Text(LiveDiff.All(Of([], []), Texts, SoftLimit));

        Assert.Contains("\"texts\":true,\"softLimit\":65536,\"states\":[\"Unnamed\",\"Receiving\",", all);
    }

    [TestMethod]
    public void What_a_peer_sent_cannot_end_an_event_or_begin_markup()
    {
        string all = Text(LiveDiff.All(Of([Client(1) with { Name = "a\n\ndata: {}\r</script><b>\u2028\"" }], []), Texts, SoftLimit));

        Assert.DoesNotContain("\n", all);
        Assert.DoesNotContain("\r", all);
        Assert.DoesNotContain("<", all);
        Assert.DoesNotContain("\u2028", all);
    }

    [TestMethod]
    public void A_page_that_follows_the_events_has_what_a_new_page_gets() => Snapshot.Array[1, 8].Sample(looks =>
    {
        var page = new Page();
        page.Apply(LiveDiff.All(looks[0], Texts, SoftLimit));
        for (int i = 1; i < looks.Length; i++)
        {
            page.Apply(LiveDiff.Changes(looks[i - 1], looks[i]));
        }

        var other = new Page();
        other.Apply(LiveDiff.All(looks[^1], Texts, SoftLimit));
        Assert.AreEqual(other.ToString(), page.ToString());
    });

    private static ClientRow Client(long id) => new(id, "Panda", 1, ReaderState.Receiving, SenderWaitKind.None, 0, 0, 0, false);

    private static LiveSnapshot Of(IEnumerable<ClientRow> clients, IEnumerable<ChannelRow> channels, int figures = 0) => new(
        0, false, Encoding.UTF8.GetBytes($$"""{"clients":{{figures}}}"""), clients.ToDictionary(row => row.Id), channels.ToDictionary(row => row.Id));

    private static string Text(byte[] json) => Encoding.UTF8.GetString(json);

    /// <summary>What page.js does with the events, as far as it is the same for each of them.</summary>
    private sealed class Page
    {
        private readonly SortedDictionary<long, string> _clients = [];
        private readonly SortedDictionary<long, string> _channels = [];
        private string _figures = "";

        public void Apply(byte[] json)
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement;
            Apply(_clients, root.GetProperty("rows"), root.GetProperty("rowsGone"));
            Apply(_channels, root.GetProperty("channels"), root.GetProperty("channelsGone"));
            _figures = root.TryGetProperty("figures", out JsonElement figures) ? figures.GetRawText() : _figures;
        }

        public override string ToString() => $"{_figures} {string.Join(' ', _clients.Values)} {string.Join(' ', _channels.Values)}";

        private static void Apply(SortedDictionary<long, string> rows, JsonElement changed, JsonElement gone)
        {
            foreach (JsonElement id in gone.EnumerateArray())
            {
                Assert.IsTrue(rows.Remove(id.GetInt64()), "What is gone was there.");
            }

            foreach (JsonElement row in changed.EnumerateArray())
            {
                string text = row.GetRawText();
                Assert.AreNotEqual(rows.GetValueOrDefault(row[0].GetInt64()), text, "What is sent has changed.");
                rows[row[0].GetInt64()] = text;
            }
        }
    }
}
