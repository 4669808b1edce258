using ThreadedChat.ChatServer.Http;

namespace ThreadedChat.ChatServer.Tests.Http;

[TestClass]
public sealed class ReadyChecksTests
{
    [TestMethod]
    public void Each_condition_that_is_not_met_is_named()
    {
        bool isReachable = true;
        var ready = new ReadyChecks();
        ready.Require("stopping", () => true);
        ready.Require("out of reach of its cluster", () => isReachable);

        Assert.IsEmpty(ready.Problems);
        isReachable = false;
        Assert.AreSequenceEqual(["out of reach of its cluster"], ready.Problems);
        isReachable = true;
        Assert.IsEmpty(ready.Problems);
    }
}
