using ThreadedChat.ChatGrade.Results;
using ThreadedChat.ChatGrade.Running;
using ThreadedChat.ChatGrade.Submissions;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Grade;

/// <summary>The stored results of a run, and the number of jobs.</summary>
[TestClass]
public sealed class RunningTests
{
    [TestMethod]
    public void A_result_is_found_again_under_its_key_and_under_no_other()
    {
        using var folder = new ClassFolder();
        var store = new ResultStore(folder.Reports);
        PartResult result = Rows.Checked(Rows.Row("S-MSG-01", "failed", came: "x"));

        store.Keep("ana", "key", result);

        PartResult? found = new ResultStore(folder.Reports).Find("ana", "server", "key");
        Assert.AreEqual($"{result.Cases[0] with { Transcript = [] }}".Replace("System.String[]", "", StringComparison.Ordinal).Length > 0, found is not null);
        Assert.AreEqual((result.Cases[0].Came, result.Cases[0].Transcript.Count), (found!.Cases[0].Came, found.Cases[0].Transcript.Count));
        Assert.IsNull(store.Find("ana", "server", "other"));
        Assert.IsNull(store.Find("bob", "server", "key"));
    }

    [TestMethod]
    public void A_truncated_file_is_not_a_result()
    {
        using var folder = new ClassFolder();
        var store = new ResultStore(folder.Reports);
        store.Keep("ana", "key", Rows.Checked());
        string path = Path.Combine(folder.Reports, "ana", "server.json");
        File.WriteAllText(path, File.ReadAllText(path)[..20]);

        Assert.IsNull(store.Find("ana", "server", "key"));
    }

    [TestMethod]
    public void The_hash_of_a_folder_changes_only_with_names_and_contents()
    {
        using ClassFolder folder = new ClassFolder().Add("a/x.py", "1").Add("a/in/y.py", "2");
        string one = Path.Combine(folder.Path, "a");
        string first = FolderHash.Of(one);

        File.SetLastWriteTimeUtc(Path.Combine(one, "x.py"), DateTime.UnixEpoch);
        Assert.AreEqual(first, FolderHash.Of(one));
        folder.Add("a/x.py", "3");
        string second = FolderHash.Of(one);
        Assert.AreNotEqual(first, second);
        folder.Add("a/z.py");
        Assert.AreNotEqual(second, FolderHash.Of(one));
    }

    [TestMethod]
    public void More_jobs_run_while_the_machine_is_idle_and_fewer_when_it_makes_programs_wait()
    {
        var now = new MachineLoad.Sample(Free: 0.3, TimeSpan.FromMilliseconds(50));
        var places = new Places(told: null, () => now);
        int first = places.Count;
        for (int i = 0; i < 1_000; i++)
        {
            places.Adjust();
        }

        int most = places.Count;
        now = new MachineLoad.Sample(Free: 0.5, TimeSpan.FromSeconds(1));
        places.Adjust();

        Assert.IsGreaterThan(first, most);
        Assert.IsLessThanOrEqualTo(Environment.ProcessorCount * 4, most);
        Assert.AreEqual(most - 1, places.Count);
    }

    [TestMethod]
    public void Checkers_that_leave_no_time_free_keep_a_job_for_each_processor_as_long_as_nothing_stalls()
    {
        var now = new MachineLoad.Sample(Free: 0.9, TimeSpan.FromMilliseconds(1));
        var places = new Places(told: null, () => now);
        AdjustOften(places);

        now = new MachineLoad.Sample(Free: 0, TimeSpan.FromMilliseconds(20));
        AdjustOften(places);
        Assert.AreEqual(Environment.ProcessorCount, places.Count);

        now = new MachineLoad.Sample(Free: 0, TimeSpan.FromSeconds(1));
        AdjustOften(places);
        Assert.AreEqual(1, places.Count);
    }

    [TestMethod]
    public void Processor_time_of_programs_that_let_others_go_first_is_free()
    {
        (long free, long all) = MachineLoad.Times("cpu  10 200 30 4000 50000 6 7 8 9 10");

        Assert.AreEqual((54_200L, 54_261L), (free, all));
    }

    [TestMethod]
    public void Only_so_many_builds_run_at_a_time_and_all_of_them_run()
    {
        const int All = 12, Most = 2;
        var places = new BuildPlaces(Most);
        int running = 0, most = 0, done = 0;
        object gate = new();
        bool Build()
        {
            lock (gate)
            {
                most = Math.Max(most, ++running);
                Monitor.PulseAll(gate);
                while (running < Most && done < All - Most && Monitor.Wait(gate, Limit.Wait))
                {
                    // Waits for another one at the same time.
                }

                running--;
                done++;
                Monitor.PulseAll(gate);
                return true;
            }
        }

        Thread[] threads = [.. Enumerable.Range(0, All).Select(_ => new Thread(() => places.Run(Build)) { IsBackground = true })];
        Array.ForEach(threads, thread => thread.Start());

        Assert.IsTrue(Array.TrueForAll(threads, thread => thread.Join(Limit.Wait)));
        Assert.AreEqual((Most, All), (most, done));
    }

    [TestMethod]
    public void A_build_that_fails_gives_its_place_back()
    {
        var places = new BuildPlaces(1);

        Assert.ThrowsExactly<IOException>(() => places.Run<int>(() => throw new IOException()));

        Assert.AreEqual(1, places.Run(() => 1));
    }

    private static void AdjustOften(Places places)
    {
        for (int i = 0; i < 1_000; i++)
        {
            places.Adjust();
        }
    }

    [TestMethod]
    public void The_number_of_jobs_in_the_settings_is_kept()
    {
        var places = new Places(told: 3, () => new MachineLoad.Sample(0, TimeSpan.FromMinutes(1)));

        places.Adjust();

        Assert.AreEqual(3, places.Count);
    }
}
