using CsCheck;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common.Tracing;

namespace ThreadedChat.ChatServer.Tests.Common.Tracing;

[TestClass]
public sealed class StreamTraceTests
{
    private static readonly byte[] TwoFrames = WireFrame.Encode(["/create 168_tas", "Hi 🐼"]);

    private static readonly string[] TwoLines =
    [
        """frame 1: "/create 168_tas"  15 bytes + 185 padding""",
        """frame 2: "Hi 🐼"  7 bytes + 193 padding""",
    ];

    [TestMethod]
    public void A_frame_in_two_pieces_is_shown_once_it_is_whole_and_before_that_its_progress()
    {
        var stream = new StreamTrace();

        Assert.IsEmpty(stream.Add(TwoFrames.AsSpan(0, 150)));
        Assert.AreEqual("frame 1: 150 of 200, waiting for 50", stream.Progress(0));

        stream.Add(TwoFrames.AsSpan(150, 50)).MustBe(TwoLines[0]);
        Assert.AreEqual("frame 1 whole", stream.Progress(1));
    }

    [TestMethod]
    public void Frames_in_one_piece_are_shown_each()
    {
        var stream = new StreamTrace();

        stream.Add(TwoFrames).MustBe(TwoLines);

        Assert.AreEqual("frames 1 to 2 whole", stream.Progress(2));
    }

    [TestMethod]
    public void The_end_of_one_frame_and_the_beginning_of_the_next_are_both_shown()
    {
        var stream = new StreamTrace();
        stream.Add(TwoFrames.AsSpan(0, 150));

        Assert.HasCount(1, stream.Add(TwoFrames.AsSpan(150, 51)));

        Assert.AreEqual("frame 1 whole; frame 2: 1 of 200, waiting for 199", stream.Progress(1));
    }

    [TestMethod]
    public void Cut_at_every_byte_the_frames_are_the_same()
    {
        for (int cut = 0; cut <= TwoFrames.Length; cut++)
        {
            var stream = new StreamTrace();

            string[] lines = [.. stream.Add(TwoFrames.AsSpan(0, cut)), .. stream.Add(TwoFrames.AsSpan(cut))];

            lines.MustBe(TwoLines, $"Cut at {cut}");
            Assert.IsNull(stream.Torn);
        }
    }

    [TestMethod]
    [DataRow("", """frame 1: ""  0 bytes + 200 padding""", DisplayName = "blank")]
    [DataRow("  a b", """frame 1: "  a b"  5 bytes + 195 padding""", DisplayName = "spaces that are no padding")]
    [DataRow("hello\n", """frame 1: "hello\n"  6 bytes + 194 padding""", DisplayName = "a newline before the padding")]
    [DataRow("hello  \n  ", """frame 1: "hello  \n"  8 bytes + 192 padding""", DisplayName = "a newline among it")]
    public void Only_spaces_at_the_end_are_padding(string text, string line)
    {
        new StreamTrace().Add(WireFrame.Encode(text)).MustBe(line);
    }

    [TestMethod]
    public void A_frame_with_other_padding_shows_it()
    {
        var frame = new byte[WireFrame.Size];
        "hello"u8.CopyTo(frame);

        new StreamTrace().Add(frame).MustBe("""frame 1: "hello\0×195"  200 bytes + 0 padding""");
    }

    [TestMethod]
    public void A_partial_frame_at_the_end_is_torn()
    {
        var stream = new StreamTrace();
        stream.Add(TwoFrames.AsSpan(0, 212));

        Assert.AreEqual("""frame 2: "Hi 🐼"  7 bytes + 5 padding; 12 of 200 bytes: torn""", stream.Torn);
        Assert.AreEqual(212, stream.Bytes);
        Assert.AreEqual(1, stream.WholeFrames);
    }

    [TestMethod]
    public void An_empty_stream_has_no_torn_frame()
    {
        var stream = new StreamTrace();

        Assert.IsEmpty(stream.Add([]));
        Assert.IsNull(stream.Torn);
        Assert.AreEqual(0, stream.Bytes);
    }

    [TestMethod]
    public void Property_for_any_cuts_the_frames_are_the_same_and_the_counts_add_up()
    {
        Gen.Select(Texts.HostileBytes.Array[0, 12], Gen.Int[1, 450].Array[1, 20]).Sample((pieces, lengths) =>
        {
            byte[] bytes = [.. pieces.SelectMany(piece => piece)];
            var whole = new StreamTrace();
            IReadOnlyList<string> expected = whole.Add(bytes);

            var cut = new StreamTrace();
            var lines = new List<string>();
            int at = 0;
            for (int i = 0; at < bytes.Length; i++)
            {
                int length = Math.Min(lengths[i % lengths.Length], bytes.Length - at);
                IReadOnlyList<string> frames = cut.Add(bytes.AsSpan(at, length));
                lines.AddRange(frames);
                at += length;

                Assert.AreEqual(at, cut.Bytes);
                Assert.AreEqual(lines.Count, cut.WholeFrames);
                Assert.AreEqual(at / WireFrame.Size, cut.WholeFrames);
                int under = at % WireFrame.Size;
                Assert.AreEqual(
                    under > 0, cut.Progress(frames.Count).EndsWith($"{under} of 200, waiting for {200 - under}", StringComparison.Ordinal));
            }

            lines.MustBe(expected);
            Assert.AreEqual(whole.Torn, cut.Torn);
        });
    }
}
