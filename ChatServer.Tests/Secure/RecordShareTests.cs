using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatServer.Secure;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Secure;

[TestClass]
public sealed class RecordShareTests
{
    /// <summary>An update of the key: a record with 22 bytes behind its header.</summary>
    private static readonly byte[] Update = RecordCounterTests.Record(22);

    private readonly FakeTimeProvider _time = new();
    private readonly RecordShare _share;

    public RecordShareTests() => _share = new RecordShare(_time);

    [TestMethod]
    [DataRow(WireFrame.Size, 1, DisplayName = "a frame in a record")]
    [DataRow(WireFrame.Size, 3, DisplayName = "a frame in three records")]
    [DataRow(75 * WireFrame.Size, 75, DisplayName = "many frames in one read")]
    [DataRow(16 * 1024, 1, DisplayName = "the largest record")]
    public void Records_with_text_come_without_end_and_in_large_pieces(int text, int records)
    {
        for (int i = 0; i < 10_000; i++)
        {
            Receive(text, records);
            Assert.IsTrue(_share.Settle());
            Assert.IsFalse(_share.MustTakeTurn);
            Assert.AreEqual(int.MaxValue, _share.MostBytes);
        }
    }

    [TestMethod]
    public void A_peer_that_sends_one_record_after_the_other_without_text_is_disconnected()
    {
        for (int i = 0; i < RecordShare.MostWithoutText; i++)
        {
            Receive(text: 0, records: 1);
            Assert.IsTrue(_share.Settle());
        }

        Receive(text: 0, records: 1);
        Assert.IsFalse(_share.Settle());
    }

    [TestMethod]
    public void Text_between_the_updates_of_a_key_keeps_the_connection()
    {
        for (int i = 0; i < 1_000; i++)
        {
            Receive(text: 0, records: 1);
            Assert.IsTrue(_share.Settle());
            Receive(text: WireFrame.Size, records: 1);
            Assert.IsTrue(_share.Settle());
        }
    }

    [TestMethod]
    public void A_peer_with_little_text_in_its_records_takes_turns_and_is_served_in_small_pieces()
    {
        int free = 0;
        while (!_share.MustTakeTurn)
        {
            Receive(text: 1, records: 1);
            Assert.IsTrue(_share.Settle());
            free++;
        }

        Assert.IsTrue(free is > RecordShare.Burst and < RecordShare.Burst + 10, $"{free}");
        Assert.AreEqual(RecordShare.FewBytes, _share.MostBytes);

        _time.Advance(TimeSpan.FromSeconds(1));
        for (int i = 0; i < RecordShare.Rate; i++)
        {
            Receive(text: 1, records: 1);
            Assert.IsTrue(_share.Settle());
            Assert.IsFalse(_share.MustTakeTurn);
        }
    }

    [TestMethod]
    public void A_name_of_which_each_byte_is_a_record_needs_no_turn()
    {
        for (int i = 0; i < WireFrame.Size; i++)
        {
            Receive(text: 1, records: 1);
            Assert.IsTrue(_share.Settle());
            Assert.IsFalse(_share.MustTakeTurn);
        }
    }

    [TestMethod]
    public void Records_without_text_cost_more_and_text_pays_for_them()
    {
        for (int i = 0; i < 3; i++)
        {
            Receive(text: 0, records: RecordShare.MostWithoutText);
            Assert.IsTrue(_share.Settle());
            Receive(text: 1, records: 1);
            Assert.IsTrue(_share.Settle());
        }

        Assert.IsTrue(_share.MustTakeTurn);
        Receive(text: 16 * 1024, records: 1);
        Assert.IsTrue(_share.Settle());
        Assert.IsFalse(_share.MustTakeTurn);
    }

    [TestMethod]
    public void A_peer_that_has_just_begun_and_one_after_a_record_without_text_are_served_in_small_pieces()
    {
        Assert.AreEqual(RecordShare.FirstBytes, _share.MostBytes);

        Receive(text: WireFrame.Size, records: 1);
        _share.Settle();
        Receive(text: 0, records: 1);
        _share.Settle();
        Assert.AreEqual(RecordShare.FewBytes, _share.MostBytes);

        _share.Received(RecordCounterTests.Record(16 * 1024).AsSpan(0, 5));
        _share.Settle();
        Assert.AreEqual(16 * 1024, _share.MostBytes, "A record that has begun comes to its end.");
    }

    [TestMethod]
    public void The_records_of_the_handshake_cost_nothing()
    {
        for (int i = 0; i < 1_000; i++)
        {
            _share.Received(Update);
        }

        _share.EndHandshake();

        Assert.IsTrue(_share.Settle());
        Assert.IsFalse(_share.MustTakeTurn);
    }

    private void Receive(int text, int records)
    {
        for (int i = 0; i < records; i++)
        {
            _share.Received(Update);
        }

        _share.Decrypted(text);
    }
}
