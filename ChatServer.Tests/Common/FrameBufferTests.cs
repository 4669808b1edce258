using CsCheck;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Common;

[TestClass]
public sealed class FrameBufferTests
{
    /// <summary>Three frames in which a cut at most places is inside a character.</summary>
    private static readonly string[] ThreeTexts = [Repeat("é", 100), Repeat("€", 66), Repeat("😀", 50)];

    [TestMethod]
    public void Frames_are_whole_for_any_cut_of_the_stream()
    {
        byte[] stream = StreamOf(ThreeTexts);

        for (int cut = 0; cut <= stream.Length; cut++)
        {
            using var buffer = new FrameBuffer();

            List<string> texts = Receive(buffer, stream[..cut], stream[cut..]);

            Assert.AreSequenceEqual(ThreeTexts, texts, $"cut at {cut}");
        }
    }

    [TestMethod]
    public void Frames_are_whole_if_every_byte_arrives_alone()
    {
        using var buffer = new FrameBuffer();

        List<string> texts = Receive(buffer, [.. StreamOf(ThreeTexts).Select(b => new[] { b })]);

        Assert.AreSequenceEqual(ThreeTexts, texts);
    }

    [TestMethod]
    public void Frames_that_arrive_together_are_returned_together()
    {
        using var buffer = new FrameBuffer();
        byte[] stream = StreamOf(ThreeTexts);

        stream.CopyTo(buffer.FreeSpace);
        buffer.Received(stream.Length);

        Assert.AreSequenceEqual(stream, buffer.WholeFrames.ToArray());
    }

    [TestMethod]
    [DataRow(0, 0)]
    [DataRow(1, 1)]
    [DataRow(199, 199)]
    [DataRow(200, 0)]
    [DataRow(201, 1)]
    [DataRow(599, 199)]
    public void The_length_of_a_partial_frame_is_known(int received, int partial)
    {
        using var buffer = new FrameBuffer();

        buffer.Received(received);

        Assert.AreEqual(partial, buffer.PartialLength);
        Assert.AreEqual(received - partial, buffer.WholeFrames.Length);

        buffer.RemoveFrames();

        Assert.AreEqual(partial, buffer.PartialLength, "after the whole frames are done");
        Assert.AreEqual(0, buffer.WholeFrames.Length);
    }

    [TestMethod]
    public void A_receive_longer_than_the_free_space_is_an_error()
    {
        using var buffer = new FrameBuffer();

        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Received(FrameBuffer.SmallSize + 1));
    }

    [TestMethod]
    public void A_stream_that_fills_the_buffer_borrows_a_large_one_and_loses_no_byte_when_it_returns_it()
    {
        using var buffer = new FrameBuffer();
        string[] texts = [.. Enumerable.Range(0, 1_000).Select(i => $"message {i}")];
        byte[] stream = StreamOf(texts);
        int small = FrameBuffer.SmallSize;
        int large = FrameBuffer.LargeSize;

        List<string> received = Receive(buffer, stream[..small]);
        Assert.IsGreaterThanOrEqualTo(large, buffer.FreeSpace.Length, "filled once");

        received.AddRange(Receive(buffer, stream[small..(small + large)]));
        int partial = large % Frame.Size;
        Assert.AreEqual(partial, buffer.PartialLength);
        Assert.IsGreaterThanOrEqualTo(large - partial, buffer.FreeSpace.Length, "filled again");

        received.AddRange(Receive(buffer, stream[(small + large)..(small + large + 100)]));
        Assert.AreEqual(small - ((partial + 100) % Frame.Size), buffer.FreeSpace.Length, "calm again");

        received.AddRange(Receive(buffer, stream[(small + large + 100)..]));
        Assert.AreSequenceEqual(texts, received);
    }

    [TestMethod]
    public void A_partial_frame_stays_when_a_large_buffer_is_returned()
    {
        using var buffer = new FrameBuffer();
        byte[] stream = StreamOf([.. Enumerable.Range(0, 400).Select(i => $"message {i}")]);
        int partial = FrameBuffer.LargeSize % Frame.Size;
        List<string> received = Receive(buffer, stream[..FrameBuffer.SmallSize]);
        received.AddRange(Receive(buffer, stream[FrameBuffer.SmallSize..(FrameBuffer.SmallSize + FrameBuffer.LargeSize)]));
        Assert.AreEqual(partial, buffer.PartialLength);

        buffer.GiveBack();

        Assert.IsFalse(buffer.IsLarge);
        Assert.AreEqual(partial, buffer.PartialLength);
        received.AddRange(Receive(buffer, stream[(FrameBuffer.SmallSize + FrameBuffer.LargeSize)..]));
        Assert.AreSequenceEqual(Enumerable.Range(0, 400).Select(i => $"message {i}"), received);
    }

    [TestMethod]
    public void Property_frames_are_the_same_for_any_cuts()
    {
        Gen<byte[]> frame = Texts.Of(0, 60).Select(Frame.Encode);
        Gen<int> length = Gen.Frequency((3, Gen.Int[1, 300]), (1, Gen.Int[1, 5_000]), (1, Gen.Int[60_000, 80_000]));

        Gen.Select(frame.Array[1, 20], Gen.Int[1, 60], length.Array[1, 20]).Sample((frames, times, lengths) =>
        {
            using var buffer = new FrameBuffer();
            byte[] stream = [.. Enumerable.Repeat(frames, times).SelectMany(all => all).SelectMany(bytes => bytes)];

            List<string> texts = Receive(buffer, Cut(stream, lengths));

            Assert.AreSequenceEqual(
                Enumerable.Repeat(frames, times).SelectMany(all => all).Select(bytes => Frame.Decode(bytes)), texts);
            Assert.AreEqual(0, buffer.PartialLength);
        });
    }

    private static string Repeat(string character, int count) => string.Concat(Enumerable.Repeat(character, count));

    private static byte[] StreamOf(IEnumerable<string> texts) => [.. texts.SelectMany(Frame.Encode)];

    private static byte[][] Cut(byte[] stream, int[] lengths)
    {
        var pieces = new List<byte[]>();
        for (int at = 0; at < stream.Length; at += pieces[^1].Length)
        {
            int length = lengths[pieces.Count % lengths.Length];
            pieces.Add(stream[at..Math.Min(at + length, stream.Length)]);
        }

        return [.. pieces];
    }

    /// <summary>Receives each piece as a reader does, in several parts if it is longer than the free space.</summary>
    private static List<string> Receive(FrameBuffer buffer, params byte[][] pieces)
    {
        var texts = new List<string>();
        foreach (byte[] piece in pieces)
        {
            for (int at = 0; at < piece.Length;)
            {
                int count = Math.Min(buffer.FreeSpace.Length, piece.Length - at);
                piece.AsSpan(at, count).CopyTo(buffer.FreeSpace);
                buffer.Received(count);
                at += count;

                for (ReadOnlySpan<byte> frames = buffer.WholeFrames; !frames.IsEmpty; frames = frames[Frame.Size..])
                {
                    texts.Add(Frame.Decode(frames[..Frame.Size]));
                }

                buffer.RemoveFrames();
            }
        }

        return texts;
    }
}
