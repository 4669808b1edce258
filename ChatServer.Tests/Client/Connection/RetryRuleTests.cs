using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatClient.Connection;

namespace ThreadedChat.ChatServer.Tests.Client.Connection;

[TestClass]
public sealed class RetryRuleTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();
    private readonly RetryRule _rule;

    public RetryRuleTests() => _rule = new RetryRule(_time);

    [TestMethod]
    [DataRow("That name cannot be used: a name has 1 to 64 bytes and no brackets or line breaks.", nameof(ServerRejection.NameRefused))]
    [DataRow("The name Panda is already in use.", nameof(ServerRejection.NameInUse))]
    [DataRow("The name  is already in use.", nameof(ServerRejection.NameInUse))]
    [DataRow("The server is full. Please try again later.", nameof(ServerRejection.ServerFull))]
    [DataRow("[Alice] The server is full. Please try again later.", nameof(ServerRejection.None))]
    [DataRow("[Alice] The name Panda is already in use.", nameof(ServerRejection.None))]
    [DataRow("The name Panda is already in use. has joined", nameof(ServerRejection.None))]
    [DataRow("Not currently in any channel. Must join a channel before sending messages.", nameof(ServerRejection.None))]
    [DataRow("", nameof(ServerRejection.None))]
    public void A_rejection_is_recognised_by_its_text(string text, string rejection)
    {
        Assert.AreEqual(rejection, RejectionTexts.Of(text).ToString());
    }

    [TestMethod]
    [DataRow(nameof(ServerRejection.NameRefused), true)]
    [DataRow(nameof(ServerRejection.NameInUse), true)]
    [DataRow(nameof(ServerRejection.ServerFull), false)]
    [DataRow(nameof(ServerRejection.None), false)]
    public void At_the_first_connection_a_rejected_name_ends_the_client(string rejection, bool isForGood)
    {
        Assert.AreEqual(isForGood, _rule.IsForGood(Enum.Parse<ServerRejection>(rejection)));
    }

    [TestMethod]
    public void The_client_waits_for_a_full_server_without_limit()
    {
        Assert.IsFalse(_rule.IsForGood(ServerRejection.ServerFull));
        _time.Advance(TimeSpan.FromDays(7));

        Assert.IsFalse(_rule.IsForGood(ServerRejection.ServerFull));
        Assert.IsTrue(_rule.IsForGood(ServerRejection.NameInUse), "It has not let us in yet.");
    }

    [TestMethod]
    public void After_a_loss_the_server_has_time_to_notice_that_the_old_connection_is_dead()
    {
        _rule.LetIn();
        _time.Advance(TimeSpan.FromHours(1)); // the server was out of reach

        Assert.IsFalse(_rule.IsForGood(ServerRejection.NameInUse));
        _time.Advance(RetryRule.OldConnection - Second);
        Assert.IsFalse(_rule.IsForGood(ServerRejection.NameInUse));
        _time.Advance(Second);
        Assert.IsTrue(_rule.IsForGood(ServerRejection.NameInUse));
    }

    [TestMethod]
    public void Each_loss_restarts_that_time()
    {
        _rule.LetIn();
        Assert.IsFalse(_rule.IsForGood(ServerRejection.NameInUse));
        _time.Advance(RetryRule.OldConnection - Second);
        _rule.LetIn();
        _time.Advance(RetryRule.OldConnection);

        Assert.IsFalse(_rule.IsForGood(ServerRejection.NameInUse));
    }

    [TestMethod]
    public void After_that_time_a_rejected_name_ends_the_client()
    {
        _rule.LetIn();

        Assert.IsTrue(_rule.IsForGood(ServerRejection.NameRefused));
    }
}
