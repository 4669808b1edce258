using ThreadedChat.ChatGrade.Results;
using ThreadedChat.ChatGrade.Running;
using ThreadedChat.ChatGrade.Settings;
using ThreadedChat.ChatGrade.Submissions;

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
        var places = new Places(told: null, () => now with { });
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
    public void The_figures_of_one_second_change_the_number_of_jobs_once()
    {
        var now = new MachineLoad.Sample(Free: 1, TimeSpan.Zero);
        var places = new Places(told: null, () => now);
        int first = places.Count;
        AdjustOften(places);
        Assert.AreEqual(first, places.Count, "These were there before any second has passed.");

        now = new MachineLoad.Sample(Free: 1, TimeSpan.Zero);
        AdjustOften(places);

        Assert.AreEqual(first + 1, places.Count);
    }

    [TestMethod]
    public void Checkers_that_leave_no_time_free_keep_a_job_for_each_processor_as_long_as_nothing_stalls()
    {
        var now = new MachineLoad.Sample(Free: 0.9, TimeSpan.FromMilliseconds(1));
        var places = new Places(told: null, () => now with { });
        AdjustOften(places);

        now = new MachineLoad.Sample(Free: 0, TimeSpan.FromMilliseconds(20));
        AdjustOften(places);
        Assert.AreEqual(Environment.ProcessorCount, places.Count);

        now = new MachineLoad.Sample(Free: 0, TimeSpan.FromSeconds(1));
        AdjustOften(places);
        Assert.AreEqual(1, places.Count);
    }

    [TestMethod]
    public void Processor_time_is_free_if_it_is_idle_or_waits_for_disks()
    {
        (long free, long all) = MachineLoad.Times("cpu  10 200 30 4000 50000 6 7 8 9 10");

        Assert.AreEqual((54_000L, 54_261L), (free, all));
    }

    [TestMethod]
    public void Parts_that_take_long_are_checked_first_in_each_block_of_submissions()
    {
        PartJob[] jobs =
        [
            .. Enumerable.Range(10, 40).SelectMany(number => ClassSettings.AllParts.Select(part => new PartJob(
                new Submission($"s{number}", "/", new Dictionary<string, string>(), new Dictionary<string, string>(), []) { Limits = new Limits() }, part, ""))),
        ];

        string[] order = [.. JobOrder.Of(jobs).Select(job => $"{job.Submission.Name} {job.Part}")];

        Assert.AreEqual("s10 server, s11 server", string.Join(", ", order[..2]));
        Assert.AreEqual("s41 server, s10 client", string.Join(", ", order[31..33]));
        Assert.AreEqual("s41 client, s10 basic-server, s10 basic-client", string.Join(", ", order[63..66]));
        Assert.AreEqual("s41 basic-client, s42 server", string.Join(", ", order[127..129]));
        Assert.AreEqual("s49 basic-client", order[^1]);
        Assert.HasCount(jobs.Length, order.Distinct());
    }

    [TestMethod]
    public void The_estimate_knows_that_some_parts_take_longer_than_others()
    {
        var estimate = new Estimate(["server", "server", "basic-server", "basic-server", "client"]);
        Assert.AreEqual(TimeSpan.Zero, estimate.Left(TimeSpan.FromMinutes(1)));

        estimate.Add("server", TimeSpan.FromSeconds(90));
        estimate.Add("basic-server", TimeSpan.FromSeconds(10));

        // One of each is left, and one of which nothing is known: 90 + 10 + 50 seconds of checks, of which two run at a time.
        Assert.AreEqual(TimeSpan.FromSeconds(75), estimate.Left(TimeSpan.FromSeconds(50)));
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
