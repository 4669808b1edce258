using System.Text;
using CsCheck;
using ThreadedChat.ChatClient.Decode;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Client.Decode;

/// <summary>docs/trace.md: <c>decode --html</c>, a picture of the bytes.</summary>
[TestClass]
public sealed class PicturePageTests
{
    private static readonly byte[] Whole = WireFrame.Encode(["/create sala"]);
    private static readonly byte[] Names = WireFrame.Encode(["Ana", "oi"]);

    // All that the page ever consists of, whatever a peer has sent.
    private static readonly string[] Elements =
        ["html", "head", "meta", "title", "style", "body", "h1", "p", "span", "svg", "rect", "div", "bdi", "defs", "g", "line", "use", "path", "text", "time", "small"];

    private static readonly string[] Attributes =
        ["lang", "charset", "name", "content", "http-equiv", "class", "width", "height", "aria-hidden", "x", "y", "x1", "x2", "y1", "y2", "style", "id", "href", "d", "viewBox", "role", "title"];

    [TestMethod]
    public void A_frame_that_came_in_two_pieces_is_shown_as_two_pieces_that_come_together()
    {
        ShownPage page = ShownPage.OfTrace(ShownPage.Trace("#2", trace =>
        {
            trace.Received(150, Whole);
            trace.Received(50, Whole.AsSpan(150));
        }));

        Assert.HasCount(2, page.Bars);
        Assert.AreSequenceEqual([("text", 12), ("padding", 138), ("missing", 50)], page.Bars[0].Select(part => (part.Style, part.Bytes)));
        Assert.AreSequenceEqual([("text before", 12), ("padding before", 138), ("padding", 50)], page.Bars[1].Select(part => (part.Style, part.Bytes)));
        Assert.AreSequenceEqual(["150 + 50 = 200"], page.Texts("joined"));
        Assert.AreSequenceEqual(["“/create sala”"], page.Texts("said"));
    }

    [TestMethod]
    public void Frames_that_came_in_one_receive_are_a_bar_each()
    {
        ShownPage page = ShownPage.OfTrace(ShownPage.Trace("#2", trace => trace.Received(400, Names)));

        Assert.HasCount(2, page.Bars);
        Assert.AreSequenceEqual(["“Ana”", "“oi”"], page.Texts("said"));
        Assert.IsEmpty(page.Texts("joined"));
    }

    [TestMethod]
    public void A_call_that_ends_a_frame_and_begins_the_next_shows_both()
    {
        ShownPage page = ShownPage.OfTrace(ShownPage.Trace("#2", trace =>
        {
            trace.Received(350, Names);
            trace.Received(50, Names.AsSpan(350));
        }));

        Assert.AreSequenceEqual(
            ["text 3, padding 197", "text 2, padding 148, missing 50", "text before 2, padding before 148, padding 50"],
            page.Bars.Select(bar => string.Join(", ", bar.Select(part => $"{part.Style} {part.Bytes}"))));
    }

    [TestMethod]
    public void Bytes_that_the_trace_does_not_show_are_drawn_neither_as_text_nor_as_padding()
    {
        ShownPage page = ShownPage.OfTrace(ShownPage.Trace("#2", trace =>
        {
            trace.Received(200, Whole);
            trace.Received(20, Whole);
            trace.Received(30, Whole.AsSpan(20));
        }));

        Assert.AreSequenceEqual(
            ["text 12, padding 188", "unknown 20, missing 180", "unknown before 20, unknown 30, missing 150"],
            page.Bars.Select(bar => string.Join(", ", bar.Select(part => $"{part.Style} {part.Bytes}"))));
        Assert.AreEqual("bytes 20 to 49 of frame 2: the trace does not show these bytes", page.Bars[2][1].Title);
        Assert.Contains("the trace does not show these bytes", page.Texts("legend").Single());
        Assert.DoesNotContain("the trace does not show", ShownPage.OfTrace(ShownPage.Trace("#2", trace => trace.Received(200, Whole))).Texts("legend").Single());
    }

    [TestMethod]
    public void Pointing_at_a_piece_shows_its_bytes()
    {
        ShownPage page = ShownPage.OfTrace(ShownPage.Trace("#2", trace =>
        {
            trace.Received(3, WireFrame.Encode(["ol\u00e1"]));
            trace.Received(197, WireFrame.Encode(["ol\u00e1"]).AsSpan(3));
        }));

        Assert.AreEqual("bytes 0 to 2 of frame 1: 6F 6C C3  “ol\\xC3”", page.Bars[0][0].Title);
        Assert.AreEqual("bytes 3 to 3 of frame 1: A1  “\\xA1”", page.Bars[1][1].Title);
        Assert.AreEqual("bytes 4 to 199 of frame 1: 196 spaces", page.Bars[1][2].Title);
    }

    [TestMethod]
    public void A_torn_frame_is_shown_at_the_end_of_its_stream()
    {
        ShownPage page = ShownPage.OfTrace(ShownPage.Trace("#2", trace =>
        {
            trace.Received(22, "this will never be fin"u8);
            trace.Received(0, []);
        }));

        Assert.AreSequenceEqual(["22 of 200: torn, the rest never came"], page.Texts("torn"));
        Assert.AreSequenceEqual(["“this will never be fin”"], page.Texts("said"));
    }

    [TestMethod]
    public void Each_event_of_a_connection_has_its_words()
    {
        ShownPage page = ShownPage.OfTrace(ShownPage.Trace("#2", trace =>
        {
            trace.BeginSend();
            trace.Sent(Whole, 0);
            trace.Note("cut off: SlowConsumer");
            trace.EndedSending();
            trace.Received(-1, []);
            trace.Note("closed: SlowConsumer");
        }));

        Assert.AreSequenceEqual(
            ["#2 connected", "#2 send 0 of 200: the peer takes nothing now", "#2 cut off: the peer did not read", "#2 end of stream sent", "#2 connection lost", "#2 closed: the peer did not read"],
            page.Texts("event"));
    }

    [TestMethod]
    [DataRow(7, 7)]
    [DataRow(8, 5)]
    [DataRow(50, 5)]
    public void Of_many_sends_in_a_row_that_sent_nothing_the_middle_ones_are_counted(int count, int drawn)
    {
        ShownPage page = ShownPage.OfTrace(ShownPage.Trace("#2", trace =>
        {
            trace.BeginSend();
            for (int i = 0; i < count; i++)
            {
                trace.Sent(Whole, 0);
            }

            trace.Note("cut off: SlowConsumer");
        }));

        Assert.HasCount(1 + drawn + 1, page.Texts("event"));
        Assert.AreEqual("#2 cut off: the peer did not read", page.Texts("event").Last());
        Assert.AreSequenceEqual(count == drawn ? [] : [$"… and {count - drawn} more sends that sent nothing …"], page.Texts("gap"));
    }

    [TestMethod]
    public void Sends_that_sent_nothing_are_not_counted_together_over_another_call_or_to_another_peer()
    {
        const string One = "01:02:03.000001 #1 gone send     0 of 400 bytes   the peer takes nothing now\n";
        string other = One.Replace("#1", "#2", StringComparison.Ordinal);
        string less = One.Replace("400", "200", StringComparison.Ordinal);
        string four = string.Concat(Enumerable.Repeat(One, 4));

        ShownPage page = ShownPage.OfTrace($"{four}{other}{four}{less}{four}01:02:03.000001 #2 gone closed: PeerClosed\n{four}");

        Assert.HasCount(19, page.Texts("event"));
        Assert.IsEmpty(page.Texts("gap"));
    }

    [TestMethod]
    public void Each_connection_has_a_lane_with_its_name()
    {
        ShownPage page = ShownPage.OfTrace(ShownPage.Trace("#1", trace => trace.Named("Ana")) + ShownPage.Trace("#2", trace => trace.Named("Bia")) + "01:02:03.000001 #1 gone [Ana] closed: PeerClosed\n");

        Assert.AreSequenceEqual(["server", "#1 Ana", "#2"], page.Texts("lane"));
    }

    [TestMethod]
    public void In_the_trace_of_a_client_the_peer_is_the_server()
    {
        ShownPage page = ShownPage.OfTrace(ShownPage.Trace("server", trace => trace.Received(200, Whole)));

        Assert.AreSequenceEqual(["this client", "server"], page.Texts("lane"));
    }

    [TestMethod]
    public void More_calls_than_a_page_holds_are_counted()
    {
        string line = "01:02:03.000001 #1 gone connected\n";
        ShownPage page = ShownPage.OfTrace(string.Concat(Enumerable.Repeat(line, 1)) + string.Concat(Enumerable.Range(1, PicturePage.MostCalls + 6).Select(_ => "01:02:03.000001 #1 gone cut off: Stopping\n")));

        Assert.AreSequenceEqual([$"Only the first {PicturePage.MostCalls} of {PicturePage.MostCalls + 7} calls are shown."], page.Texts("note"));
    }

    [TestMethod]
    public void A_trace_that_begins_in_the_middle_is_cut_where_its_calls_say()
    {
        ShownPage page = ShownPage.OfTrace("""
            18:54:25.094005 #6 127.0.0.1:52034 [Surdo] send  4200 of 16384 bytes   frames 1439 to 1459 whole
            18:54:25.194054 #6 127.0.0.1:52034 [Surdo] recv    50 bytes   frame 2: 150 of 200, waiting for 50
            18:54:25.194060 #6 127.0.0.1:52034 [Surdo] recv   150 bytes   frame 2 whole; frame 3: 100 of 200, waiting for 100
                            #6 recv frame 2: "oi"  2 bytes + 198 padding
            """);

        Assert.AreSequenceEqual(
            ["frame 1439:", "frame 1440:", "frame 1441:", "frame 1442:", "frame 1443:", "frame 1444:", "frame 1454:"],
            page.Texts("words").Take(7));
        Assert.AreSequenceEqual(["100 + 50 + 50 = 200"], page.Texts("joined"));
        Assert.AreSequenceEqual(["0.1 s later"], page.Texts("gap"));
        Assert.AreSequenceEqual(["… and 9 more frames …"], page.Texts("note"));
    }

    [TestMethod]
    public void Lines_of_the_log_are_left_out()
    {
        string log = "2026-11-26T06:00:00.000Z info: Listening on port 55555\n";

        Assert.AreEqual(ShownPage.OfTrace(ShownPage.Trace("#1", _ => { })).Html, ShownPage.OfTrace(log + ShownPage.Trace("#1", _ => { }) + log).Html);
        Assert.IsNull(TraceFile.TryRead(log.Split('\n')));
    }

    [TestMethod]
    [DataRow("<script>alert(1)</script>")]
    [DataRow("\"><img src=x onerror=alert(1)>")]
    [DataRow("'-->]]></title></style><b>")]
    [DataRow("&lt;b&gt; &amp;amp; &#60;script&#62;")]
    [DataRow("x] recv     5 bytes   frame 9 whole")]
    [DataRow("{0} {1} {{ }} %s ${x}")]
    [DataRow("a\u202Eb\u2028c\u0000d\u001B[31m\u0085\uFFFE")]
    public void The_page_shows_the_bytes_of_a_peer_as_text_and_never_as_markup(string hostile)
    {
        string lines = ShownPage.Trace("#1", trace =>
        {
            trace.Received(200, WireFrame.Encode([hostile]));
            trace.Named(hostile);
            trace.Received(400, WireFrame.Encode(["oi", hostile]));
            trace.BeginSend();
            trace.Sent(WireFrame.Encode([hostile]), 100);
        });
        ShownPage page = ShownPage.OfTrace(lines);

        Assert.IsEmpty(page.Elements.Except(Elements));
        Assert.IsEmpty(page.Attributes.Except(Attributes));
        Assert.HasCount(2, page.Texts("lane"), "A name must not make another connection.");
        Assert.HasCount(3, page.Texts("said"), "A name must not make another frame.");
        Assert.Contains($"“{VisibleText.Show(Encoding.UTF8.GetBytes(hostile)).Replace('\uFFFE', '\uFFFD')}”", page.Texts("said"));

        var bytes = new ShownPage(PicturePage.Format(WireFrame.Encode([hostile]), hostile, PictureTexts.Portuguese, isCut: true));
        Assert.IsEmpty(bytes.Elements.Except(Elements));
        Assert.IsEmpty(bytes.Attributes.Except(Attributes));
    }

    [TestMethod]
    public void Any_lines_at_all_are_a_page_of_the_same_few_elements() =>
        Gen.String[Gen.Char["#12: []\"<>&'\\x×{}recvsndfamo019.\n\u001b\u202e"], 0, 300].Sample(garbage =>
        {
            ShownPage page = ShownPage.OfTrace(ShownPage.Trace("#1", trace => trace.Received(200, Whole)) + garbage);

            Assert.IsEmpty(page.Elements.Except(Elements));
        });

    [TestMethod]
    public void Any_bytes_cut_anywhere_are_all_there_once() =>
        Gen.Select(Gen.Byte.Array[1, 900], Gen.Int[1, 300].Array[1, 8]).Sample((bytes, sizes) =>
        {
            int calls = 0;
            string lines = ShownPage.Trace("#1", trace =>
            {
                for (int at = 0; at < bytes.Length; calls++)
                {
                    int count = Math.Min(sizes[calls % sizes.Length], bytes.Length - at);
                    trace.Received(count, bytes.AsSpan(at));
                    at += count;
                }
            });
            ShownPage page = ShownPage.OfTrace(lines);

            int now = page.Bars.SelectMany(bar => bar).Where(part => part.Style is "text" or "padding" or "unknown").Sum(part => part.Bytes);
            Assert.AreEqual(bytes.Length, now);
            Assert.IsTrue(page.Bars.All(bar => bar.Sum(part => part.Bytes) == 200));
        });

    [TestMethod]
    public void Captured_bytes_are_a_bar_for_each_frame()
    {
        var page = new ShownPage(PicturePage.Format([.. Names, .. "torn"u8], "bytes.bin", PictureTexts.English, isCut: false));

        Assert.AreSequenceEqual(["“Ana”", "“oi”", "“torn”"], page.Texts("said"));
        Assert.AreSequenceEqual(["4 of 200: torn, the rest never came"], page.Texts("torn"));
        Assert.AreSequenceEqual(["404 bytes, 2 whole frames"], page.Texts("note"));
    }

    [TestMethod]
    public void No_text_is_missing_in_a_language()
    {
        Assert.AreSequenceEqual(Enum.GetValues<CallKind>().Except([CallKind.Receive, CallKind.Send]), PictureTexts.English.Events.Keys.Order());
        Assert.AreSequenceEqual(PictureTexts.English.Events.Keys.Order(), PictureTexts.Portuguese.Events.Keys.Order());
        IEnumerable<string> reasons = Enum.GetNames<CloseReason>().Except([nameof(CloseReason.None)]).Order(StringComparer.Ordinal);
        Assert.AreSequenceEqual(reasons, PictureTexts.English.Reasons.Keys.Order(StringComparer.Ordinal));
        Assert.AreSequenceEqual(reasons, PictureTexts.Portuguese.Reasons.Keys.Order(StringComparer.Ordinal));
    }

    [TestMethod]
    public void A_reason_that_this_version_does_not_know_is_shown_as_it_is()
    {
        ShownPage page = ShownPage.OfTrace("01:02:03.000001 #1 gone closed: Bored\n");

        Assert.AreSequenceEqual(["#1 closed: Bored"], page.Texts("event"));
    }

    [TestMethod]
    public void In_Portuguese_reasons_are_translated_and_numbers_have_a_comma()
    {
        TraceFile trace = TraceFile.TryRead(["01:02:03.000000 #1 gone connected", "01:02:03.505000 #1 gone closed: TornFrame"])!;
        var page = new ShownPage(PicturePage.Format(trace, "server.txt", PictureTexts.Portuguese, isCut: false));

        Assert.AreSequenceEqual(["#1 conectou", "#1 fechado: terminou no meio de um frame"], page.Texts("event"));
        Assert.AreSequenceEqual(["0,505 s depois"], page.Texts("gap"));
    }

    [TestMethod]
    public void The_page_loads_nothing_from_other_places()
    {
        ShownPage page = ShownPage.OfTrace(ShownPage.Trace("#1", trace => trace.Received(200, Whole)));

        Assert.Contains("default-src 'none'; style-src 'unsafe-inline'", page.Html);
        Assert.DoesNotContain("http://", page.Html);
        Assert.DoesNotContain("https://", page.Html);
        Assert.DoesNotContain("url(", page.Html);
    }
}
