using ThreadedChat.ChatClient.Display;

namespace ThreadedChat.ChatServer.Tests.Client.Display;

[TestClass]
public sealed class AttentionTests
{
    private readonly Attention _attention = new();

    [TestMethod]
    public void Messages_count_only_while_the_window_does_not_have_the_focus()
    {
        _attention.Note(5);
        Assert.AreEqual((false, 0), (_attention.IsAway, _attention.Unread));

        _attention.Leave();
        _attention.Note(2);
        _attention.Note(1);
        Assert.AreEqual((true, 3), (_attention.IsAway, _attention.Unread));

        Assert.AreEqual("-- 3 messages while you were away --", _attention.Return());
        Assert.AreEqual((false, 0), (_attention.IsAway, _attention.Unread));
    }

    [TestMethod]
    public void The_notice_about_missed_messages_has_a_singular_and_is_omitted_for_none()
    {
        Assert.IsNull(_attention.Return());
        _attention.Leave();
        Assert.IsNull(_attention.Return());
        _attention.Leave();
        _attention.Leave(); // some terminals report twice
        _attention.Note(1);
        Assert.AreEqual("-- 1 message while you were away --", _attention.Return());
        Assert.IsNull(_attention.Return());
    }

    [TestMethod]
    [DataRow(NotifyRule.Off, "")]
    [DataRow(NotifyRule.Osc9, "\e]9;ThreadedChat: [4;3] hi; you\e\\")]
    [DataRow(NotifyRule.Osc777, "\e]777;notify;ThreadedChat;[4;3] hi; you\e\\")]
    [DataRow(NotifyRule.Osc99, "\e]99;;ThreadedChat: [4;3] hi; you\e\\")]
    public void A_notification_begins_with_a_fixed_text_for_any_sender(object rule, string sequence)
    {
        Assert.AreEqual(sequence, Notification.Of((NotifyRule)rule, "[4;3] hi; you"));
    }
}
