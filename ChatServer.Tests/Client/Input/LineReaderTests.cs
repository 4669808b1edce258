using System.Text;
using CsCheck;
using ThreadedChat.ChatClient.Input;
using ThreadedChat.ChatClient.Terminals;
using ThreadedChat.ChatServer.Tests.Doubles;

namespace ThreadedChat.ChatServer.Tests.Client.Input;

[TestClass]
public sealed class LineReaderTests
{
    private const string Replacement = "\uFFFD";

    [TestMethod]
    [DataRow("é")]
    [DataRow("你")]
    [DataRow("😀")]
    public void A_character_may_be_cut_by_two_reads(string character)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes($"a{character}b\n");

        foreach (int cut in Enumerable.Range(0, utf8.Length + 1))
        {
            Assert.AreSequenceEqual([$"a{character}b"], Lines([utf8[..cut], utf8[cut..]]), $"cut at byte {cut}");
        }
    }

    [TestMethod]
    public void A_character_that_is_incomplete_at_the_end_of_input_is_replaced()
    {
        byte[] utf8 = Encoding.UTF8.GetBytes("a你");

        Assert.AreSequenceEqual([$"a{Replacement}"], Lines([utf8[..^1]]));
    }

    [TestMethod]
    public void Invalid_bytes_are_replaced_and_the_characters_around_them_stay()
    {
        Assert.AreSequenceEqual(
            [$"é{Replacement}é", "x"], Lines([[0xC3], [0xA9, 0xE4, 0xBD], [0xC3, 0xA9, (byte)'\n', (byte)'x']]));
    }

    [TestMethod]
    public void Property_the_lines_are_the_same_wherever_the_reads_cut_the_bytes()
    {
        Gen.Select(Texts.Any, Gen.Int[1, 7]).Sample((text, size) =>
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(text);
            string[] lines = text.Split('\n');

            // What follows the last line break is a line only if it is not empty.
            Assert.AreSequenceEqual(lines[^1].Length == 0 ? lines[..^1] : lines, Lines(utf8.Chunk(size)));
        });
    }

    private static List<string> Lines(IEnumerable<byte[]> reads)
    {
        var reader = new LineReader(new Terminal(new ReadByRead(reads), null, null));
        var lines = new List<string>();
        while (reader.Read() is { } part)
        {
            Assert.IsTrue(part.EndsLine, "These lines are short.");
            lines.Add(part.Text);
        }

        return lines;
    }

    /// <summary>Each read returns the next of <paramref name="reads"/> that is not empty.</summary>
    private sealed class ReadByRead(IEnumerable<byte[]> reads) : ReadOnlyStream
    {
        private readonly Queue<byte[]> _left = new(reads.Where(bytes => bytes.Length > 0));

        public override int Read(Span<byte> buffer)
        {
            if (!_left.TryDequeue(out byte[]? bytes))
            {
                return 0;
            }

            bytes.CopyTo(buffer);
            return bytes.Length;
        }
    }
}
