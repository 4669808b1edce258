using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Metrics;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Live;

[TestClass]
public sealed class LiveTextTests
{
    [TestMethod]
    public void The_page_has_words_in_both_languages_for_each_reason_and_state()
    {
        string texts = File.ReadAllText(Path.Combine(Repository.Root, "ChatServer", "Live", "Page", "texts.js"));
        string[] words =
        [
            .. Enum.GetValues<RejectionReason>().Select(reason => SnakeCase.Of(reason)),
            .. Enum.GetValues<CloseReason>().Where(reason => reason != CloseReason.None).Select(reason => SnakeCase.Of(reason)),
            .. Enum.GetNames<ReaderState>(),
        ];

        Assert.AreEqual("", string.Join('\n', words.Where(word => texts.Split($" {word}: ").Length != 3)));
        Assert.HasCount(4, Enum.GetValues<SenderWaitKind>(), "The page has a text for each of them in 'waitsFor'.");
    }
}
