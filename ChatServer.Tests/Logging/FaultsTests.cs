using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Tests.Doubles;

namespace ThreadedChat.ChatServer.Tests.Logging;

[TestClass]
public sealed class FaultsTests
{
    private readonly LineLog _log = new();

    [TestMethod]
    public void Work_without_an_exception_is_not_a_fault()
    {
        var faults = new Faults(_log);
        bool isDone = false;

        Assert.IsTrue(faults.Guard("testing", () => isDone = true));

        Assert.IsTrue(isDone);
        Assert.AreEqual(0, faults.Count);
        Assert.IsEmpty(_log.Take());
    }

    [TestMethod]
    public void A_fault_is_caught_counted_and_logged_once()
    {
        var faults = new Faults(_log);

        Assert.IsFalse(faults.Guard("testing", Fail));

        Assert.AreEqual(1, faults.Count);
        Assert.AreSequenceEqual(["Fault while testing"], _log.Take());
    }

    [TestMethod]
    public void A_fault_is_caught_also_if_the_log_fails()
    {
        var faults = new Faults(_log);
        _log.OnLine = _ => Fail();

        Assert.IsFalse(faults.Guard("testing", Fail));

        Assert.AreEqual(1, faults.Count);
    }

    private static void Fail() => throw new InvalidOperationException("a fault of ours");
}
