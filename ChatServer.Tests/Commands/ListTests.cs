using CsCheck;
using ThreadedChat.ChatServer.Commands;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Commands;

[TestClass]
public sealed class ListTests
{
    [TestMethod]
    public void Without_any_channel_nothing_is_sent()
    {
        using var chat = new Chat();
        ChatUser alice = chat.Admit("Alice");

        alice.Sends("/list");

        alice.GotNothing();
    }

    [TestMethod]
    [DataRow("/list")]
    [DataRow("/list please")]
    public void All_names_are_listed_in_ordinal_order_to_the_sender_alone(string line)
    {
        using var chat = new Chat();
        ChatUser alice = chat.Admit("Alice");
        alice.Sends("/create tea", "/create Tea", "/create 168_tas", "/create ärger", "/create zoo", "/create te");
        ChatUser bob = chat.AdmitTo("tea", "Bob");
        ChatUser carol = chat.AdmitTo("tea", "Carol");
        bob.Got("Carol has joined");

        bob.Sends(line);

        bob.Got("168_tas\nTea\nte\ntea\nzoo\närger");
        alice.GotNothing();
        carol.GotNothing();
    }

    [TestMethod]
    [DataRow(99, 100, 1, DisplayName = "199 bytes and a line break: one frame, filled exactly")]
    [DataRow(100, 100, 2, DisplayName = "200 bytes and a line break: two frames")]
    [DataRow(192, 7, 1, DisplayName = "The longest name there can be, and a short one")]
    [DataRow(192, 8, 2, DisplayName = "The longest name there can be, and one byte too many")]
    public void Names_share_a_frame_if_they_fit(int first, int second, int frames)
    {
        string[] names = [new string('a', first), new string('b', second)];

        string[] answer = Frames(PackedNames.Encode(names, out _));

        Assert.AreSequenceEqual(frames == 1 ? [string.Join('\n', names)] : names, answer);
    }

    [TestMethod]
    public void A_name_of_many_byte_characters_is_measured_in_bytes()
    {
        string[] names = [string.Concat(Enumerable.Repeat("€", 60)), string.Concat(Enumerable.Repeat("é", 10))];

        Assert.AreSequenceEqual(names, Frames(PackedNames.Encode(names, out _)));
    }

    [TestMethod]
    public void Property_no_name_is_lost_or_cut_and_each_frame_is_as_full_as_possible()
    {
        Gen<string> name = Gen.Char['a', 'z'].Array[1, 192].Select(letters => new string(letters));

        name.Array[0, 40].Sample(names =>
        {
            string[] answer = Frames(PackedNames.Encode(names, out _));

            Assert.AreSequenceEqual(names, answer.SelectMany(frame => frame.Split('\n')));
            for (int i = 1; i < answer.Length; i++)
            {
                string next = answer[i].Split('\n')[0];
                Assert.IsGreaterThan(Frame.Size, answer[i - 1].Length + 1 + next.Length, $"frame {i}");
            }
        });
    }

    [TestMethod]
    public void A_list_of_many_channels_comes_in_several_frames()
    {
        using var chat = new Chat(maxChannels: 200);
        string[] names = [.. Enumerable.Range(0, 100).Select(i => $"channel-{i:00}")];
        ChatUser alice = chat.Admit("Alice");
        alice.Sends([.. names.Reverse().Select(name => $"/create {name}")]);

        alice.Sends("/list");

        // 10 bytes each and a line break between: 18 to a frame.
        alice.Got([.. names.Chunk(18).Select(chunk => string.Join('\n', chunk))]);
    }

    private static string[] Frames(byte[] bytes) =>
        [.. bytes.Chunk(Frame.Size).Select(WireFrame.Decode)];
}
