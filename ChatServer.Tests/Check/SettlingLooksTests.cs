using ThreadedChat.ChatCheck.Programs;

namespace ThreadedChat.ChatServer.Tests.Check;

/// <summary>What looks at the threads of a program tell together.</summary>
[TestClass]
public sealed class SettlingLooksTests
{
    private readonly Dictionary<string, ProgramThreads.Sample> _threads = [];
    private readonly HashSet<int> _family = [1];
    private readonly Settling _settling;
    private int _searches;

    public SettlingLooksTests() => _settling = new Settling(
        () =>
        {
            _searches++;
            return new HashSet<int>(_family);
        },
        _ => new(_threads));

    [TestMethod]
    public void A_program_is_idle_if_none_of_its_threads_runs_at_two_looks_and_between_them()
    {
        Thread("a", 'S', 5);
        Thread("b", 'S', 5);

        Assert.AreEqual("no yes", Looks(2));
    }

    [TestMethod]
    public void Work_that_goes_from_one_thread_to_another_between_two_looks_is_seen()
    {
        Thread("a", 'S', 5);
        Thread("b", 'S', 5);
        Assert.IsFalse(_settling.Look());

        Thread("a", 'S', 6);

        Assert.AreEqual("no yes", Looks(2));
    }

    [TestMethod]
    public void A_thread_that_begins_or_ends_between_two_looks_is_seen()
    {
        Thread("a", 'S', 5);
        Assert.IsFalse(_settling.Look());
        Thread("b", 'S', 1);
        Assert.AreEqual("no yes", Looks(2));

        _threads.Remove("a");

        Assert.AreEqual("no yes", Looks(2));
    }

    [TestMethod]
    public void A_thread_that_wakes_up_all_the_time_is_idle_after_more_looks()
    {
        var looks = new List<string>();
        for (int i = 0; i < 6; i++)
        {
            Thread("a", 'S', i);
            looks.Add(Looks(1));
        }

        Assert.AreEqual("no no no no no yes", string.Join(' ', looks));
    }

    [TestMethod]
    public void A_thread_that_never_waits_is_idle_once_it_has_had_its_turn()
    {
        Thread("a", 'R', 5);
        Assert.AreEqual("no no", Looks(2));

        Thread("a", 'R', 200);
        Assert.AreEqual("no", Looks(1));
        Thread("a", 'R', 220);

        Assert.AreEqual("yes", Looks(1));
    }

    [TestMethod]
    [DataRow('D')]
    [DataRow('X')]
    public void A_thread_that_waits_for_a_disk_or_ends_is_never_idle(char state)
    {
        Thread("a", state, 5);
        Assert.IsFalse(_settling.Look());
        Thread("a", state, 500);

        Assert.AreEqual("no no no no no no no", Looks(7));
    }

    [TestMethod]
    public void A_process_that_was_started_since_the_first_look_is_seen_before_the_program_is_called_idle()
    {
        Thread("a", 'S', 5);
        Assert.IsFalse(_settling.Look());
        _family.Add(2);

        Assert.AreEqual("no no yes", Looks(3));
    }

    [TestMethod]
    public void The_processes_are_not_searched_for_at_each_look()
    {
        Thread("a", 'R', 5);
        Looks(10);
        Assert.AreEqual(1, _searches);

        Thread("a", 'X', 5);
        Looks(1);

        Assert.AreEqual(2, _searches, "One may have ended.");
    }

    private string Looks(int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => _settling.Look() ? "yes" : "no"));

    private void Thread(string name, char state, int milliseconds) =>
        _threads[name] = new ProgramThreads.Sample(state, TimeSpan.FromMilliseconds(milliseconds), TimeSpan.Zero);
}
