using CsCheck;
using ThreadedChat.ChatServer.Secure;

namespace ThreadedChat.ChatServer.Tests.Secure;

[TestClass]
public sealed class RecordCounterTests
{
    /// <summary>A record of TLS with so many bytes behind its header.</summary>
    internal static byte[] Record(int length) => [23, 3, 3, (byte)(length >> 8), (byte)length, .. new byte[length]];

    [TestMethod]
    public void Records_are_counted_however_the_stream_is_cut() =>
        Gen.Select(Gen.Int[0, 20_000].Array[0, 20], Gen.Int[1, 9_000].Array[1, 20]).Sample((lengths, pieces) =>
        {
            var records = new RecordCounter();
            byte[] stream = [.. lengths.SelectMany(Record)];
            int counted = 0;
            int at = 0;
            for (int i = 0; at < stream.Length; i++)
            {
                int piece = Math.Min(pieces[i % pieces.Length], stream.Length - at);
                counted += records.Count(stream.AsSpan(at, piece));
                at += piece;
            }

            return counted == lengths.Length;
        });

    [TestMethod]
    public void The_rest_of_the_record_that_is_coming_is_known_once_its_header_has_come()
    {
        var records = new RecordCounter();
        Assert.AreEqual(5, records.Rest);

        byte[] record = Record(1_000);
        Assert.AreEqual(0, records.Count(record.AsSpan(0, 4)));
        Assert.AreEqual(1, records.Rest);
        Assert.AreEqual(0, records.Count(record.AsSpan(4, 101)));
        Assert.AreEqual(900, records.Rest);
        Assert.AreEqual(1, records.Count(record.AsSpan(105)));
        Assert.AreEqual(5, records.Rest);
    }
}
