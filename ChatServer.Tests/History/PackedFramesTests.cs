using System.Buffers;
using ThreadedChat.ChatServer.History;
using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.History;

[TestClass]
public sealed class PackedFramesTests
{
    [TestMethod]
    public void Frames_are_the_same_after_packing()
    {
        byte[] frames =
        [
            .. Frame.Encode("[Ana] hi"), .. Frame.Encode("x"), .. Frame.Encode(new string('y', Frame.Size)), .. Frame.Encode("  blanks before"),
            .. Enumerable.Repeat(Frame.Padding, Frame.Size), .. Frame.Encode("caf\u00e9"),
        ];
        var packed = new ArrayBufferWriter<byte>();

        PackedFrames.Pack(frames, packed);

        Assert.AreSequenceEqual(frames, PackedFrames.Unpack(packed.WrittenSpan));
        Assert.IsLessThan(300, packed.WrittenCount, "The padding is left out.");
    }

    [TestMethod]
    public void Any_bytes_give_whole_frames()
    {
        var random = new Random(Soak.Seed);
        for (int i = 0; i < 1_000; i++)
        {
            byte[] packed = new byte[random.Next(1_000)];
            random.NextBytes(packed);

            Assert.AreEqual(0, PackedFrames.Unpack(packed).Length % Frame.Size);
        }
    }
}
