using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common.Tracing;

namespace ThreadedChat.ChatServer.Tests.Common.Tracing;

/// <summary>The token of an account is in no trace.</summary>
[TestClass]
public sealed class HiddenTokenTests
{
    private const string Secret = "k7m2-p9qx-4n8r-t3wz-h6cd-5b1v-j0";

    [TestMethod]
    [DataRow(200)]
    [DataRow(1)]
    [DataRow(7)]
    public void The_token_behind_the_name_is_not_shown_for_any_cut_of_the_frame(int step)
    {
        var stream = new StreamTrace(hidesToken: true);

        string[] lines = [.. WireFrame.Encode([$"Ana:{Secret}"]).Chunk(step).SelectMany(piece => stream.Add(piece))];

        Assert.AreSequenceEqual(["frame 1: \"Ana:(token)\"  36 bytes + 164 padding"], lines);
    }

    [TestMethod]
    [DataRow($"Ana {Secret}", "Ana ")]
    [DataRow($"Ana;{Secret}", "Ana;")]
    [DataRow($"{Secret}:Ana", "")]
    public void A_token_that_was_typed_without_the_colon_is_not_shown(string typed, string shown)
    {
        Assert.StartsWith($"frame 1: \"{shown}(token)\"  ", new StreamTrace(hidesToken: true).Add(WireFrame.Encode([typed])).Single());
    }

    [TestMethod]
    public void The_token_in_a_torn_frame_is_not_shown()
    {
        var stream = new StreamTrace(hidesToken: true);

        stream.Add(System.Text.Encoding.UTF8.GetBytes($"Ana:{Secret[..20]}"));

        Assert.AreEqual("frame 1: \"Ana:(token)\"  24 bytes + 0 padding; 24 of 200 bytes: torn", stream.Torn);
    }

    [TestMethod]
    public void Later_frames_and_names_without_a_token_are_shown_as_they_are()
    {
        var stream = new StreamTrace(hidesToken: true);

        Assert.AreSequenceEqual(
            ["frame 1: \"Ana\"  3 bytes + 197 padding", "frame 2: \"at 12:30\"  8 bytes + 192 padding"],
            stream.Add(WireFrame.Encode(["Ana", "at 12:30"])));
    }

    [TestMethod]
    public void Without_accounts_a_name_with_a_colon_is_shown()
    {
        Assert.AreSequenceEqual(["frame 1: \"a:b\"  3 bytes + 197 padding"], new StreamTrace().Add(WireFrame.Encode(["a:b"])));
    }
}
