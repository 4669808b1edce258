using ThreadedChat.ChatClient.Input;

namespace ThreadedChat.ChatServer.Tests.Client.Input;

[TestClass]
public sealed class LineFramerTests
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(100)]
    [DataRow(1_000)]
    public void A_line_that_comes_in_parts_is_cut_like_one_that_comes_whole(int blanks)
    {
        string line = new string('a', LineReader.PartLength) + new string(' ', blanks) + "b  c";
        byte[] whole = new LineFramer("Panda").Next(new LinePart(line, EndsLine: true)).Frames;

        for (int cut = LineReader.PartLength - 1; cut <= LineReader.PartLength + blanks + 1; cut++)
        {
            var framer = new LineFramer("Panda");
            byte[] first = framer.Next(new LinePart(line[..cut], EndsLine: false)).Frames;
            byte[] second = framer.Next(new LinePart(line[cut..], EndsLine: true)).Frames;

            Assert.AreSequenceEqual(whole, first.Concat(second), $"cut at {cut}");
        }
    }
}
