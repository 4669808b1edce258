using ThreadedChat.ChatClient.Display;

namespace ThreadedChat.ChatServer.Tests.Client.Display;

/// <summary>What kind of line is what: nobody may make one kind look like another.</summary>
[TestClass]
public sealed class ReceivedLineTests
{
    [TestMethod]
    [DataRow("[[Ana]] hi", ReceivedKind.Private, "Ana")]
    [DataRow("[[Ana Maria]] [Bob] hi", ReceivedKind.Private, "Ana Maria")]
    [DataRow("[Ana] [[Bob]] hi", ReceivedKind.Message, "Ana")]
    [DataRow("[[Ana] hi", ReceivedKind.Message, "[Ana")]
    [DataRow("[[]] hi", ReceivedKind.Message, "[]")]
    [DataRow("[[a] [b]] hi", ReceivedKind.Message, "[a")]
    [DataRow("[[Ana]]", ReceivedKind.Other, "")]
    [DataRow("2026-11-25 12:04 [Ana] hi", ReceivedKind.Past, "Ana")]
    [DataRow("2026-11-25 12:04 [Ana] Bob has joined", ReceivedKind.Past, "Ana")]
    [DataRow("2026-11-25 12:04 [Ana] [Bob] hi", ReceivedKind.Past, "Ana")]
    [DataRow("2026-11-25 12:04 12 messages are missing here", ReceivedKind.Past, "")]
    [DataRow("2026-11-25 12:04 1 message is missing here", ReceivedKind.Past, "")]
    [DataRow("2026-11-25 12:04 1 message is missing here has joined", ReceivedKind.Joined, "2026-11-25 12:04 1 message is missing here")]
    [DataRow("2026-11-25 12:04 Ana has left", ReceivedKind.Left, "2026-11-25 12:04 Ana")]
    [DataRow("2026-11-25 12:04 Ana hi", ReceivedKind.Other, "")]
    [DataRow("2026-11-25 12:04 [Ana]", ReceivedKind.Other, "")]
    [DataRow(" 2026-11-25 12:04 [Ana] hi", ReceivedKind.Other, "")]
    [DataRow("[Ana] 2026-11-25 12:04 [Bob] hi", ReceivedKind.Message, "Ana")]
    public void A_line_is_of_one_kind(string line, object kind, string name)
    {
        ReceivedLine parsed = ReceivedLine.Parse(line);

        Assert.AreEqual(((ReceivedKind)kind, name, line), (parsed.Kind, parsed.Name, parsed.Whole));
    }
}
