using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatGrade.Results;
using ThreadedChat.ChatGrade.Submissions;

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
    Action<int, int, PartJob, PartResult> progress,
    CancellationToken stop)
{
    private static readonly TimeSpan LookPause = TimeSpan.FromSeconds(1);

    private readonly BuildPlaces _builds = new(Environment.ProcessorCount);
    private readonly object _gate = new();

    // Guarded by the gate, and so are the fields of a queue's entries.
    private readonly LinkedList<Item> _waiting = [];
    private readonly List<Item> _again = [];
    private readonly Dictionary<string, PartResult> _results = [];
    private int _running;
    private int _done;
    private int _all;

    /// <summary>Checks all jobs, and returns the results that there are: all of them unless it was stopped.</summary>
    public IReadOnlyDictionary<string, PartResult> Run(IReadOnlyList<PartJob> all)
    {
        _all = all.Count;
        foreach (var group in all.GroupBy(job => (job.Submission.Name, job.Submission.BuildOf(job.Part))))
        {
            var build = new Built(group.First().Submission, work, group.Key.Item2.Length > 0, group.Count());
            foreach (PartJob job in group)
            {
                _waiting.AddLast(new Item(job, build));
            }
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
                while (_running < places.Count && _waiting.First is { } first && !stop.IsCancellationRequested)
                {
                    _waiting.RemoveFirst();
                    _running++;
                    new Thread(() => Work(first.Value, isLast)) { IsBackground = true, Name = "job" }.Start();
                }

                Monitor.Wait(_gate, LookPause);
                places.Adjust();
            }
        }
    }

    private void Work(Item item, bool isLast)
    {
        long stalls = load.Stalls;
        PartResult result;
        try
        {
            result = Check(item);
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

        lock (_gate)
        {
            _running--;
            if (isDoubtful)
            {
                _again.Add(item);
            }
            else
            {
                item.Build.Release();
            }

            if (!isStopped)
            {
                _results[NameOf(item.Job.Submission.Name, item.Job.Part)] = result;
                _done += isDoubtful ? 0 : 1;
                progress(_done, _all, item.Job, result);
            }

            Monitor.PulseAll(_gate);
        }
    }

    private static bool HasFailed(PartResult result) =>
        result.State is PartState.NotStarted or PartState.Unknown || result.Cases.Any(one => one.HasFailed && one.Level != "ours");

    private PartResult Check(Item item)
    {
        (Submission submission, string part) = (item.Job.Submission, item.Job.Part);
        return checker.FindObstacle(submission, part)
            ?? item.Build.Prepare(folder => _builds.Run(() => checker.Build(submission, part, folder, stop))) switch
            {
                { } failed => failed with { Part = part },
                null => checker.Check(submission, part, item.Build.Folder, stop),
            };
    }

    /// <summary>A job and the build that it shares with the other parts of its submission.</summary>
    private sealed record Item(PartJob Job, Built Build);

    /// <summary>A build of one submission: done by the first part that needs it, removed after the last.</summary>
    private sealed class Built(Submission submission, TemporaryFolder work, bool isNeeded, int users)
    {
        private readonly object _gate = new();

        // Guarded by the gate; the others are read once it was held.
        private int _left = users;
        private bool _isDone;
        private PartResult? _failure;
        private string? _folder;

        /// <summary>The submission, built.</summary>
        public string Folder => _folder ?? submission.Folder;

        /// <summary>Builds it once. Returns the output of a failed build, else null.</summary>
        public PartResult? Prepare(Func<string, PartResult?> build)
        {
            lock (_gate)
            {
                if (!_isDone && isNeeded)
                {
                    _folder = work.New();
                    _failure = build(_folder);
                }

                _isDone = true;
                return _failure;
            }
        }

        /// <summary>One part less needs it.</summary>
        public void Release()
        {
            lock (_gate)
            {
                if (--_left == 0)
                {
                    Remove();
                }
            }
        }

        private void Remove()
        {
            try
            {
                if (_folder is not null)
                {
                    Directory.Delete(_folder, recursive: true);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another process uses it, or it was removed.
            }
        }
    }
}
