using Microsoft.Testing.Platform.Extensions.Messages;
using Microsoft.Testing.Platform.TestHost;

namespace ThreadedChat.ChatServer.Tests.Support;

[TestClass]
public sealed class ResultCountsTests
{
    private static readonly TestNodeStateProperty Passed = PassedTestNodeStateProperty.CachedInstance;
    private static readonly TestNodeStateProperty Skipped = SkippedTestNodeStateProperty.CachedInstance;

    [TestMethod]
    public void Each_test_is_counted_once_when_it_has_ended() => Assert.AreEqual(
        "2 passed, 0 failed",
        CountsOf(
            DiscoveredTestNodeStateProperty.CachedInstance,
            InProgressTestNodeStateProperty.CachedInstance,
            Passed,
            InProgressTestNodeStateProperty.CachedInstance,
            Passed));

    [TestMethod]
    public void Every_end_of_a_test_that_is_not_a_pass_or_a_skip_is_a_failure() => Assert.AreEqual(
        "1 passed, 3 failed, 1 skipped",
        CountsOf(new FailedTestNodeStateProperty("wrong"), new ErrorTestNodeStateProperty("broken"), Passed, new TimeoutTestNodeStateProperty("late"), Skipped));

    private static string CountsOf(params IEnumerable<TestNodeStateProperty> states)
    {
        var counts = new ResultCounts();
        foreach (TestNodeStateProperty state in states)
        {
            var node = new TestNode { Uid = "test", DisplayName = "test", Properties = new PropertyBag(state) };
            counts.ConsumeAsync(null!, new TestNodeUpdateMessage(new SessionUid("run"), node), CancellationToken.None).GetAwaiter().GetResult();
        }

        return counts.ToString();
    }
}
