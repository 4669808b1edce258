using System.Text;
using ThreadedChat.ChatServer.Benchmarks.Load;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Benchmarks;

[TestClass]
public sealed class StampedMessageTests
{
    private static readonly Stamp Stamp = new(Sender: 0x1234, Sequence: 77, SentAt: 0x0123_4567_89ab_cdef);

    [TestMethod]
    public void A_delivered_message_has_its_sender_number_and_time()
    {
        Assert.IsTrue(StampedMessage.TryRead(Delivered(), out Stamp stamp));

        Assert.AreEqual(Stamp, stamp);
    }

    [TestMethod]
    public void A_message_has_150_bytes_of_text()
    {
        Assert.AreEqual(150, Frame.Text(Sent()).Length);
    }

    /// <summary>Some servers put what wipes the prompt in front, or a line break behind.</summary>
    [TestMethod]
    [DataRow("\r    ", "")]
    [DataRow("", "\n")]
    [DataRow("\r    \r", "\n")]
    public void A_message_with_the_additions_of_some_servers_is_read_too(string before, string after)
    {
        byte[] frame = Frame.Encode(before + Frame.Decode(Delivered()) + after);

        Assert.IsTrue(StampedMessage.TryRead(frame, out Stamp stamp));
        Assert.AreEqual(Stamp, stamp);
    }

    [TestMethod]
    public void A_delivery_with_one_changed_byte_is_rejected()
    {
        for (int i = 0; i < Frame.Size; i++)
        {
            byte[] frame = Delivered();
            frame[i] = (byte)'*';

            Assert.IsFalse(StampedMessage.TryRead(frame, out _), $"Changed at {i}.");
        }
    }

    [TestMethod]
    public void A_message_under_another_name_than_its_senders_is_rejected()
    {
        byte[] frame = Frame.Encode($"[{StampedMessage.NameOf(Stamp.Sender + 1)}] {Frame.Decode(Sent())}");

        Assert.IsFalse(StampedMessage.TryRead(frame, out _));
    }

    private static byte[] Sent()
    {
        var frame = new byte[Frame.Size];
        StampedMessage.Write(frame, Stamp);
        return frame;
    }

    /// <summary>As a server delivers it.</summary>
    private static byte[] Delivered() => Frame.Encode($"[{StampedMessage.NameOf(Stamp.Sender)}] {Encoding.UTF8.GetString(Frame.Text(Sent()))}");
}
