using System.Runtime.InteropServices;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Commands;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Commands;

[TestClass]
public sealed class ChannelListTests : IDisposable
{
    private const int Threads = 4;
    private const int Rounds = 200;

    private readonly ChannelTable _channels = new(maxChannels: Threads * Rounds);
    private readonly ChannelList _list;

    public ChannelListTests() => _list = new ChannelList(_channels);

    public void Dispose() => _channels.Dispose();

    [TestMethod]
    public void As_long_as_no_channel_is_added_the_answer_is_one_and_the_same_array()
    {
        Create("tea");

        Assert.AreSame(Array(_list.Frames), Array(_list.Frames));
    }

    [TestMethod]
    public void A_channel_that_was_added_is_in_the_next_answer()
    {
        Assert.IsTrue(_list.Frames.IsEmpty);
        Create("tea");
        Assert.AreSequenceEqual(["tea"], Names(_list.Frames));
        Create("coffee");
        Assert.AreSequenceEqual(["coffee", "tea"], Names(_list.Frames));
    }

    [TestMethod]
    public void An_answer_that_somebody_has_does_not_change_when_a_channel_is_added()
    {
        Create("tea");
        ReadOnlyMemory<byte> before = _list.Frames;
        byte[] copy = before.ToArray();

        Create("coffee");
        _ = _list.Frames;

        Assert.AreSequenceEqual(copy, before.ToArray());
    }

    [TestMethod]
    public void While_many_create_each_finds_its_own_channels_and_all_that_were_there_before()
    {
        TestThread.Meet(Threads, thread =>
        {
            string[] last = [];
            for (int round = 0; round < Rounds; round++)
            {
                string name = $"{round}-of-{thread}";
                Create(name);

                string[] names = Names(_list.Frames);

                Assert.Contains(name, names);
                Assert.IsEmpty(last.Except(names), "A channel stays.");
                last = names;
            }
        });

        Assert.HasCount(Threads * Rounds, Names(_list.Frames));
    }

    private void Create(string name) =>
        Assert.AreEqual(CreateResult.Created, _channels.TryCreate(name, new Participant("Somebody", new RecordingOutbox()), out _));

    private static byte[]? Array(ReadOnlyMemory<byte> frames) =>
        MemoryMarshal.TryGetArray(frames, out ArraySegment<byte> segment) ? segment.Array : null;

    private static string[] Names(ReadOnlyMemory<byte> frames) =>
        [.. frames.ToArray().Chunk(Frame.Size).SelectMany(frame => WireFrame.Decode(frame).Split('\n'))];
}
