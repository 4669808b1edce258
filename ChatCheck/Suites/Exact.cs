using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites;

/// <summary>Messages to the byte: without what the assignment leaves room for.</summary>
internal static class Exact
{
    /// <summary>The next message of this person has this text, and nothing but padding around it.</summary>
    public static void Expect(Peer peer, string text)
    {
        Message message = peer.Read(text);
        if (message.ExactText != text)
        {
            throw Findings.OtherMessage(peer.Who, text, message);
        }
    }
}
