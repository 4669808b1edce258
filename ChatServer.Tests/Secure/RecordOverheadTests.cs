using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatServer.Secure;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Secure;

[TestClass]
public sealed class RecordOverheadTests
{
    private const int LargestRecord = 16 * 1024 + 256;

    private readonly FakeTimeProvider _time = new();

    [TestMethod]
    [DataRow(1, 22, DisplayName = "one byte in a record")]
    [DataRow(WireFrame.Size, 29, DisplayName = "a frame in a record, TLS 1.2")]
    [DataRow(WireFrame.Size, 85, DisplayName = "the same with the largest padding of an old cipher")]
    [DataRow(100, 2_200, DisplayName = "a hundred records of one byte, in one read")]
    [DataRow(16 * 1024, 85, DisplayName = "the largest record")]
    public void Text_may_come_without_end(int text, int around)
    {
        var overhead = new RecordOverhead(_time);

        for (int i = 0; i < 10_000; i++)
        {
            Assert.IsTrue(overhead.Received(text + around));
            overhead.Decrypted(text);
        }
    }

    [TestMethod]
    public void Two_of_the_largest_records_may_come_before_the_first_is_decrypted()
    {
        var overhead = new RecordOverhead(_time);

        Assert.IsTrue(overhead.Received(LargestRecord) && overhead.Received(LargestRecord));
    }

    [TestMethod]
    public void What_has_no_text_is_bounded_at_once_and_in_each_second()
    {
        var overhead = new RecordOverhead(_time);
        const int KeyUpdate = 27;

        Assert.AreEqual(RecordOverhead.Most / KeyUpdate, Enumerable.Range(0, 10_000).TakeWhile(_ => overhead.Received(KeyUpdate)).Count());

        _time.Advance(TimeSpan.FromSeconds(1));
        int later = Enumerable.Range(0, 10_000).TakeWhile(_ => overhead.Received(KeyUpdate)).Count();
        Assert.IsTrue(later is > 100 and < 200, $"{later}");
    }
}
