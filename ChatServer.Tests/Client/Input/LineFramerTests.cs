using System.Text;
using ThreadedChat.ChatClient.Input;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Client.Input;

[TestClass]
public sealed class LineFramerTests
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(100)]
    [DataRow(1_000)]
    public void A_line_that_is_read_in_parts_is_cut_like_a_line_that_is_read_whole(int blanks)
    {
        string line = new string('a', LineReader.PartLength) + new string(' ', blanks) + "b  c";
        byte[] whole = new LineFramer("Panda").Next(new LinePart(line, EndsLine: true)).Frames;

        // Each cut near the ends of the blanks, and in a long run of them some in between.
        const int Near = 20;
        IEnumerable<int> cuts = Enumerable.Range(LineReader.PartLength - 1, blanks + 3)
            .Where((_, i) => i < Near || i > blanks - Near || i % 17 == 0);
        foreach (int cut in cuts)
        {
            var framer = new LineFramer("Panda");
            byte[] first = framer.Next(new LinePart(line[..cut], EndsLine: false)).Frames;
            byte[] second = framer.Next(new LinePart(line[cut..], EndsLine: true)).Frames;

            Assert.IsTrue(whole.AsSpan().SequenceEqual([.. first, .. second]), $"cut at {cut}");
        }
    }

    [TestMethod]
    [DataRow("Panda")]
    [DataRow("P")]
    [DataRow("水水水水水水水水水水水水水水水水水水水水水")]
    public void Each_frame_of_a_long_line_leaves_exactly_the_room_for_the_name(string name)
    {
        int room = WireFrame.Size - Encoding.UTF8.GetByteCount($"[{name}] ");

        byte[] frames = new LineFramer(name).Next(new LinePart(new string('x', (2 * room) + 1), EndsLine: true)).Frames;

        Assert.AreSequenceEqual(
            [new string('x', room), new string('x', room), "x"], frames.Chunk(WireFrame.Size).Select(WireFrame.Decode));
    }
}
