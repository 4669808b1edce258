using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Check;

/// <summary>Threads as the kernel tells of them, in files that the test writes.</summary>
[TestClass]
public sealed class ProgramThreadsTests
{
    private string _folder = "";

    [TestInitialize]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory().FullName;

    [TestCleanup]
    public void RemoveFolder() => new DirectoryInfo(_folder).Remove();

    [TestMethod]
    public void A_thread_that_ends_during_the_look_is_busy_and_hides_no_other_one()
    {
        Write("1", "1 (a) b) S 0 1 1", "1000 2000 3");
        Directory.CreateDirectory(PathOf("2"));
        Write("3", "3 (a) R 0 1 1", "4000 5000 6");

        Dictionary<string, ProgramThreads.Sample> threads = ProgramThreads.In(_folder);

        Assert.AreEqual(new ProgramThreads.Sample('S', TimeSpan.FromMicroseconds(1), TimeSpan.FromMicroseconds(2)), threads[PathOf("1")]);
        Assert.IsTrue(threads[PathOf("2")].IsBusy);
        Assert.AreEqual(new ProgramThreads.Sample('R', TimeSpan.FromMicroseconds(4), TimeSpan.FromMicroseconds(5)), threads[PathOf("3")]);
    }

    [TestMethod]
    public void A_process_that_ends_during_the_look_is_busy() => Assert.IsTrue(ProgramThreads.In(PathOf("none")).Values.Single().IsBusy);

    private string PathOf(string thread) => Path.Combine(_folder, thread);

    private void Write(string thread, string stat, string times)
    {
        Directory.CreateDirectory(PathOf(thread));
        File.WriteAllText(Path.Combine(PathOf(thread), "stat"), stat);
        File.WriteAllText(Path.Combine(PathOf(thread), "schedstat"), times);
    }
}
