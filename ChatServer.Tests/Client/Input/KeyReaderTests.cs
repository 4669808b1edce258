using System.Text;
using ThreadedChat.ChatClient.Editing;
using ThreadedChat.ChatClient.Input;
using ThreadedChat.ChatClient.Terminals;
using ThreadedChat.ChatServer.Tests.Doubles;

namespace ThreadedChat.ChatServer.Tests.Client.Input;

/// <summary>Input, with the time after the previous input. No test waits: the double reports the time.</summary>
[TestClass]
public sealed class KeyReaderTests
{
    [TestMethod]
    [DataRow("\e", 200, "[200~one\rtwo\r\e[201~")]
    [DataRow("\e[20", 200, "0~one\rtwo\r\e[201~")]
    [DataRow("\e[20", 900, "0~one\rtwo\r\e[201~")]
    [DataRow("\e[200~one\r", 900, "two\r\e[201~")]
    [DataRow("\e[200~one\rtwo\r\e", 900, "[201~")]
    public void A_paste_is_one_key_although_its_second_part_arrives_late(string first, int milliseconds, string second)
    {
        Key[] keys = Read((first, 0), (second, milliseconds));

        Assert.AreSequenceEqual([new Key(KeyKind.Paste, "one\ntwo\n")], keys.Where(key => key.Kind != KeyKind.Escape));
    }

    [TestMethod]
    public void A_paste_without_further_input_ends_after_a_second()
    {
        Assert.AreSequenceEqual(
            [new Key(KeyKind.Paste, "hello"), new Key(KeyKind.Text, "x"), new Key(KeyKind.DeleteOrEnd)],
            Read(("\e[200~hel", 0), ("lo", 999), ("x\x04", 1001)));
    }

    [TestMethod]
    [DataRow(49, KeyKind.PreviousHistory)]
    [DataRow(51, KeyKind.Escape, KeyKind.Text)]
    public void A_single_escape_is_the_esc_key_only_after_the_timeout(int milliseconds, params object[] kinds)
    {
        Assert.AreSequenceEqual(kinds.Cast<KeyKind>(), Read(("\e", 0), ("[A", milliseconds)).Select(key => key.Kind));
    }

    [TestMethod]
    public void A_character_may_arrive_in_parts()
    {
        byte[] utf8 = Encoding.UTF8.GetBytes("你");

        Assert.AreEqual(new Key(KeyKind.Text, "你"), Assert.ContainsSingle(Read((utf8[..1], 0), (utf8[1..], 5_000))));
    }

    [TestMethod]
    public void While_no_key_arrives_due_work_is_done_and_it_sets_the_next_wait()
    {
        var waits = new List<TimeSpan>();
        var due = new Queue<TimeSpan?>([TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(20), null]);
        var reader = new KeyReader(new Terminal(new MemoryStream("x"u8.ToArray()), null, null), HasInput, due.Dequeue);

        Assert.AreSequenceEqual([new Key(KeyKind.Text, "x")], reader.Read()!);

        Assert.AreSequenceEqual([TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(20)], waits);

        bool HasInput(TimeSpan wait)
        {
            waits.Add(wait);
            return false;
        }
    }

    private static Key[] Read(params (string Typed, int Milliseconds)[] parts) =>
        Read([.. parts.Select(part => (Encoding.UTF8.GetBytes(part.Typed), part.Milliseconds))]);

    private static Key[] Read(params (byte[] Typed, int Milliseconds)[] parts)
    {
        var left = new Queue<(byte[] Typed, int Milliseconds)>(parts);
        bool HasInput(TimeSpan wait)
        {
            if (left.TryPeek(out (byte[] Typed, int Milliseconds) next) && next.Milliseconds <= wait.TotalMilliseconds)
            {
                return true;
            }

            return left.Count == 0; // the terminal is gone
        }

        var reader = new KeyReader(new Terminal(new PartByPart(left), null, null), HasInput);
        var keys = new List<Key>();
        while (reader.Read() is { } read)
        {
            keys.AddRange(read);
        }

        return Keys.JoinText(keys);
    }

    /// <summary>Each read returns a part.</summary>
    private sealed class PartByPart(Queue<(byte[] Typed, int Milliseconds)> parts) : MemoryStream
    {
        public override int Read(Span<byte> buffer)
        {
            if (!parts.TryDequeue(out (byte[] Typed, int Milliseconds) part))
            {
                return 0;
            }

            part.Typed.CopyTo(buffer);
            return part.Typed.Length;
        }
    }
}
