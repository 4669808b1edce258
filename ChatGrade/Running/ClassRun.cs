using System.Diagnostics;
using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatGrade.Results;

namespace ThreadedChat.ChatGrade.Running;

/// <summary>
/// Checks all parts of all submissions, some at a time. A part that failed while the machine made programs wait is checked once more at
/// the end, by itself. A result is kept as soon as it is known.
/// </summary>
internal sealed class ClassRun(
    PartChecker checker,
    TemporaryFolder work,
    ResultStore store,
    MachineLoad load,
    int? jobs,
    Action<RunStep> progress,
    CancellationToken stop)
{
    private static readonly TimeSpan LookPause = TimeSpan.FromSeconds(1);

    /// <summary>A compiler takes all that it gets of the processors, at a low priority, so more builds at a time would only take longer, and perhaps too long.</summary>
    private static readonly int MostBuilds = Environment.ProcessorCount;

    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly object _gate = new();

    // Guarded by the gate, and so are the builds.
    private readonly LinkedList<Item> _waiting = [];
    private readonly List<Item> _again = [];
    private readonly Dictionary<string, PartResult> _results = [];
    private Estimate _estimate = new([]);
    private int _running;
    private int _building;
    private int _done;
    private int _all;

    /// <summary>Checks all jobs, and returns the results that there are: all of them unless it was stopped.</summary>
    public IReadOnlyDictionary<string, PartResult> Run(IReadOnlyList<PartJob> all)
    {
        _all = all.Count;
        _estimate = new Estimate(all.Select(job => job.Part));
        var builds = all
            .GroupBy(job => (job.Submission.Name, Build: job.Submission.BuildOf(job.Part)))
            .ToDictionary(group => group.Key, group => new SharedBuild(group.First().Submission, group.Key.Build.Length > 0, group.Count()));
        foreach (PartJob job in all)
        {
            _waiting.AddLast(new Item(job, builds[(job.Submission.Name, job.Submission.BuildOf(job.Part))]));
        }

        RunWaiting(new Places(jobs, () => load.Latest));
        lock (_gate)
        {
            _again.ForEach(item => _waiting.AddLast(item));
            _again.Clear();
        }

        RunWaiting(new Places(1, () => load.Latest), isLast: true);
        return _results;
    }

    /// <summary>The name of a result.</summary>
    public static string NameOf(string submission, string part) => $"{submission}/{part}";

    private void RunWaiting(Places places, bool isLast = false)
    {
        lock (_gate)
        {
            while (_running > 0 || (_waiting.Count > 0 && !stop.IsCancellationRequested))
            {
                while (_running < places.Count && !stop.IsCancellationRequested && TakeNext_NeedsGate() is (Item item, bool builds))
                {
                    _running++;
                    new Thread(() => Work(item, builds, isLast)) { IsBackground = true, Name = "job" }.Start();
                }

                Monitor.Wait(_gate, LookPause);
                places.Adjust();
            }
        }
    }

    /// <summary>The first job that can run now, and whether it has to build: one whose build is under way would only take the place of another one.</summary>
    private (Item Item, bool Builds)? TakeNext_NeedsGate()
    {
        Debug.Assert(Monitor.IsEntered(_gate), "The gate must be held.");
        for (LinkedListNode<Item>? node = _waiting.First; node is not null; node = node.Next)
        {
            SharedBuild build = node.Value.Build;
            bool canBuild = !build.IsDone && !build.IsRunning && _building < MostBuilds;
            if (build.IsDone || canBuild)
            {
                if (canBuild)
                {
                    build.Begin();
                    _building++;
                }

                _waiting.Remove(node);
                return (node.Value, canBuild);
            }
        }

        return null;
    }

    private void Work(Item item, bool builds, bool isLast)
    {
        long stalls = load.Stalls, began = Stopwatch.GetTimestamp();
        PartResult result;
        try
        {
            result = Check(item, builds);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            result = PartResult.Without(item.Job.Part, PartState.Unknown, e.Message);
        }

        bool isDoubtful = !isLast && load.Stalls > stalls && HasFailed(result);
        bool isStopped = stop.IsCancellationRequested && result.State is PartState.Unknown or PartState.NotBuilt;
        if (!isDoubtful && !isStopped && result.State != PartState.Unknown)
        {
            store.Keep(item.Job.Submission.Name, item.Job.Key, result);
        }

        if (!isDoubtful && Release(item.Build) is string folder)
        {
            Remove(folder);
        }

        lock (_gate)
        {
            _running--;
            if (isDoubtful)
            {
                _again.Add(item);
            }

            if (!isStopped)
            {
                _results[NameOf(item.Job.Submission.Name, item.Job.Part)] = result;
                if (!isDoubtful)
                {
                    _done++;
                    _estimate.Add(item.Job.Part, Stopwatch.GetElapsedTime(began));
                }

                progress(new RunStep(_done, _all, item.Job, result, _estimate.Left(Stopwatch.GetElapsedTime(_began))));
            }

            Monitor.PulseAll(_gate);
        }
    }

    private static bool HasFailed(PartResult result) =>
        result.State is PartState.NotStarted or PartState.Unknown || result.Cases.Any(one => one.HasFailed && one.Level != "ours");

    private PartResult Check(Item item, bool builds)
    {
        (PartJob job, SharedBuild build) = item;
        try
        {
            if (checker.FindObstacle(job.Submission, job.Part) is PartResult obstacle)
            {
                return obstacle;
            }

            if (builds)
            {
                Build(job, build);
            }
        }
        finally
        {
            if (builds)
            {
                EndBuild(build);
            }
        }

        return build.Failure is PartResult failed
            ? failed with { Part = job.Part }
            : checker.Check(job.Submission, job.Part, build.Folder, stop);
    }

    private void Build(PartJob job, SharedBuild build)
    {
        string folder = work.New();
        PartResult? failure = checker.Build(job.Submission, job.Part, folder, stop);
        lock (_gate)
        {
            build.Finish(folder, failure);
        }
    }

    private void EndBuild(SharedBuild build)
    {
        lock (_gate)
        {
            build.End();
            _building--;
            Monitor.PulseAll(_gate);
        }
    }

    private string? Release(SharedBuild build)
    {
        lock (_gate)
        {
            return build.Release();
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another process uses it, or it was removed.
        }
    }

    /// <summary>A job and the build that it shares with the other parts of its submission.</summary>
    private sealed record Item(PartJob Job, SharedBuild Build);
}
