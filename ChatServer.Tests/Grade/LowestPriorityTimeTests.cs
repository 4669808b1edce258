using ThreadedChat.ChatGrade.Running;

namespace ThreadedChat.ChatServer.Tests.Grade;

/// <summary>The processor time of the programs that let all others go first, from lines as <c>/proc</c> has them.</summary>
[TestClass]
public sealed class LowestPriorityTimeTests
{
    private readonly Dictionary<string, string> _processes = [];
    private readonly List<string> _read = [];
    private readonly LowestPriorityTime _time;

    public LowestPriorityTimeTests() => _time = new LowestPriorityTime(
        () => _processes.Keys,
        process =>
        {
            _read.Add(process);
            return _processes[process];
        });

    [TestMethod]
    public void User_time_and_system_time_since_the_last_look_count()
    {
        Set("7", priority: 19, user: 10, system: 20);
        Assert.AreEqual(30, _time.Look());

        Set("7", priority: 19, user: 11, system: 50);
        Assert.AreEqual(31, _time.Look());
        Assert.AreEqual(0, _time.Look());
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(5)]
    [DataRow(10)]
    public void The_time_of_a_program_with_another_priority_does_not_count(int priority)
    {
        Set("7", priority, user: 10, system: 20);

        Assert.AreEqual(0, _time.Look());
    }

    [TestMethod]
    public void A_server_that_is_put_last_after_its_start_counts_from_then_on()
    {
        Set("7", priority: 5, user: 10, system: 20);
        _time.Look();

        Set("7", priority: 19, user: 15, system: 20);

        Assert.AreEqual(5, _time.Look());
    }

    [TestMethod]
    public void Another_process_with_the_same_number_counts_from_its_start()
    {
        Set("7", priority: 19, user: 10, system: 20, start: 100);
        _time.Look();

        Set("7", priority: 19, user: 3, system: 1, start: 200);

        Assert.AreEqual(4, _time.Look());
    }

    [TestMethod]
    public void A_process_that_has_ended_counts_no_more_and_one_that_ends_during_the_look_neither()
    {
        Set("7", priority: 19, user: 10, system: 20);
        _time.Look();

        _processes.Clear();
        Assert.AreEqual(0, _time.Look());

        _processes["8"] = null!;
        Assert.AreEqual(0, _time.Look());
    }

    [TestMethod]
    public void The_other_processes_of_the_machine_are_not_read_for_ever()
    {
        Set("1", priority: 0, user: 1, system: 1);
        Set("7", priority: 19, user: 1, system: 1);

        for (int i = 0; i < 100; i++)
        {
            _time.Look();
        }

        Assert.IsLessThan(20, _read.Count(process => process == "1"));
        Assert.AreEqual(100, _read.Count(process => process == "7"));
    }

    private void Set(string process, int priority, int user, int system, int start = 100) => _processes[process] =
        FormattableString.Invariant($"{process} (a) name) R 1 2 3 0 -1 4194304 100 0 0 0 {user} {system} 70 80 39 {priority} 1 0 {start} 1000 100 0 0\n");
}
