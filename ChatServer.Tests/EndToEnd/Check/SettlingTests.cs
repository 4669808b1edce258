using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Check;

/// <summary>Whether a program has done all that it will do by itself.</summary>
[TestClass]
public sealed class SettlingTests
{
    private const string Waits = "sys.stdin.read()";

    [TestMethod]
    [DataRow(Waits)]
    [DataRow("while True: pass")]
    [DataRow("import time\nwhile True: time.sleep(0.002)")]
    [DataRow("import select\nwhile True: select.select([sys.stdin], [], [], 0)")]
    [DataRow("import threading\nthreading.Thread(target=sys.stdin.read).start()\nwhile True: pass")]
    [DataRow("import subprocess\nsubprocess.run(['sleep', '1000'])")]
    [DataRow("import os\nif os.fork() == 0: os._exit(0)\nsys.stdin.read()")]
    public void A_program_is_idle_once_each_of_its_threads_waits_or_has_had_its_turn(string code)
    {
        using IProgram program = Start(code);
        Func<bool> isIdle = Settling.WatchFor(program.ProcessId)!();

        Eventually.True(isIdle, "it should be seen that it will do no more");
    }

    [TestMethod]
    public void A_program_is_not_idle_at_the_first_look_while_it_works()
    {
        using IProgram program = Start("while True: pass");
        Func<bool> isIdle = Settling.WatchFor(program.ProcessId)!();

        Assert.IsFalse(isIdle());
        Assert.IsFalse(isIdle()); // it has not run so long in between
    }

    [TestMethod]
    public void One_look_is_not_enough()
    {
        using IProgram program = Start(Waits);
        Eventually.True(Settling.WatchFor(program.ProcessId)!(), "it should wait");

        Assert.IsFalse(Settling.WatchFor(program.ProcessId)!()());
    }

    [TestMethod]
    public void A_program_that_has_ended_is_not_taken_for_one_that_waits()
    {
        using IProgram program = Start("");
        Assert.IsTrue(program.AwaitExit(Limit.Wait));
        Func<bool> isIdle = Settling.WatchFor(program.ProcessId)!();

        Assert.IsFalse(isIdle());
        Assert.IsFalse(isIdle());
    }

    [TestMethod]
    public void Without_a_process_there_is_nothing_to_watch() => Assert.IsNull(Settling.WatchFor(null));

    private static IProgram Start(string code)
    {
        Needs.Linux();
        Needs.Program("python3");
        if (!ProgramThreads.Exist)
        {
            Assert.Inconclusive("Needs a kernel that counts the time of threads (schedstat).");
        }

        IProgram program = PythonPrograms.Inline($"import sys\nprint('ready', flush=True)\n{code}").Start(new ProgramArguments(1));
        Assert.IsTrue(program.Output.Await(0, Limit.Wait, (bytes, _) => bytes.Length > 0), "It has not started.");
        return program;
    }
}
