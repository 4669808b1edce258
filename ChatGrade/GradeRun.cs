using System.Runtime.InteropServices;
using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatGrade.Analysis;
using ThreadedChat.ChatGrade.CommandLine;
using ThreadedChat.ChatGrade.Reports;
using ThreadedChat.ChatGrade.Results;
using ThreadedChat.ChatGrade.Running;
using ThreadedChat.ChatGrade.Sandboxes;
using ThreadedChat.ChatGrade.Scores;
using ThreadedChat.ChatGrade.Settings;
using ThreadedChat.ChatGrade.Submissions;

namespace ThreadedChat.ChatGrade;

/// <summary>One run of the grader, from a folder to reports.</summary>
internal sealed class GradeRun(GradeOptions options, TextWriter output, TextWriter errors, bool isTerminal) : IDisposable
{
    private const string StateFolder = "results";

    private readonly CancellationTokenSource _stop = new();

    /// <summary>Grades, and returns the exit code.</summary>
    public int Run()
    {
        try
        {
            ClassSettings settings = SettingsFile.Read(options.SettingsFolder ?? options.Folder);
            IReadOnlyList<Submission> submissions = options.IsSingle
                ? [Submission.One(options.Folder, settings)]
                : Submission.All(options.Folder, settings);
            if (submissions.Count == 0)
            {
                return Reject(new(
                    $"'{options.Folder}' has no folders: each submission is a folder of its own.",
                    $"'{options.Folder}' não tem pastas: cada entrega é uma pasta própria."), settings);
            }

            using var work = new TemporaryFolder("grade-");
            return OpenSandbox(settings, work) is ISandbox sandbox ? Grade(submissions, settings, sandbox, work) : GradeExit.CannotGrade;
        }
        catch (SettingsException e)
        {
            errors.WriteLine(e.Why.English);
            return GradeExit.Wrong;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine(e.Message);
            return GradeExit.CannotGrade;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    private int Grade(IReadOnlyList<Submission> submissions, ClassSettings settings, ISandbox sandbox, TemporaryFolder work)
    {
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using PosixSignalRegistration end = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
        using var load = new MachineLoad();
        var store = new ResultStore(Path.Combine(options.Output, StateFolder));
        if (!options.Resume)
        {
            store.Clear();
        }

        Directory.CreateDirectory(options.Output);
        var progress = new Progress(errors, isTerminal, settings.Language);
        PartJob[] jobs = [.. submissions.SelectMany(one => Jobs(one, settings))];
        var known = new Dictionary<string, PartResult>();
        foreach (PartJob job in jobs)
        {
            if (store.Find(job.Submission.Name, job.Part, job.Key) is PartResult result)
            {
                known[ClassRun.NameOf(job.Submission.Name, job.Part)] = result;
            }
        }

        PartJob[] open = [.. jobs.Where(job => !known.ContainsKey(ClassRun.NameOf(job.Submission.Name, job.Part)))];
        var run = new ClassRun(
            new PartChecker(sandbox, settings), work, store, load, options.Jobs,
            step => progress.Add(step.Done, step.All, $"{step.Job.Submission.Name} {step.Job.Part}{Short(step.Result, settings)}", step.Rest),
            _stop.Token);
        foreach ((string name, PartResult result) in run.Run([.. JobOrder.Of(open)]))
        {
            known[name] = result;
        }

        progress.End();
        Report(submissions, settings, sandbox, work, known);
        return _stop.IsCancellationRequested ? GradeExit.Interrupted : GradeExit.Graded;
    }

    private void Report(
        IReadOnlyList<Submission> submissions, ClassSettings settings, ISandbox sandbox, TemporaryFolder work, Dictionary<string, PartResult> known)
    {
        bool isStopped = _stop.IsCancellationRequested;
        SubmissionScore[] scores =
        [
            .. submissions.Select(one => SubmissionScore.Of(
                new SubmissionResult(one.Name, [.. one.Parts.Select(part => known.GetValueOrDefault(ClassRun.NameOf(one.Name, part)) ?? PartResult.Without(part, PartState.Pending, ""))]),
                settings)),
        ];
        IReadOnlyList<SimilarPair> similar = isStopped || submissions.Count < 2 ? [] : Similarity.Find(submissions, work.New(), _stop.Token);
        var all = new ClassScore(settings.Title ?? Path.GetFileName(options.Folder), settings, scores, similar, [.. Remarks(sandbox, scores, isStopped)]);
        ReportFiles.Write(all, options.Output);
        ClassTable.Write(all, output);
        output.WriteLine();
        output.WriteLine(Path.Combine(options.Output, ReportFiles.Index));
    }

    private static IEnumerable<Text> Remarks(ISandbox sandbox, SubmissionScore[] scores, bool isStopped)
    {
        if (isStopped)
        {
            yield return new("Interrupted: the results so far are kept, and --resume continues.", "Interrompido: os resultados até aqui foram guardados, e --resume continua.");
        }

        string[] open = [.. scores.Where(one => !one.IsComplete).Select(one => one.Name)];
        if (open.Length > 0)
        {
            string list = string.Join(", ", open);
            yield return new(
                $"No grade, because the result of some part is not certain: {list}.",
                $"Sem nota, porque o resultado de alguma parte é incerto: {list}.");
        }

        if (sandbox.Shortcoming is Text shortcoming)
        {
            yield return shortcoming;
        }
    }

    private static string Short(PartResult result, ClassSettings settings) =>
        result.State == PartState.Checked ? "" : $": {Names.OfState(result.State).In(settings.Language)}";

    private ISandbox? OpenSandbox(ClassSettings settings, TemporaryFolder work)
    {
        if (options.IsUnsafe)
        {
            return new NoSandbox(work);
        }

        (Bubblewrap? sandbox, string why) = Bubblewrap.TryOpen(work.New());
        if (sandbox is null)
        {
            Reject(new(
                $"There is no sandbox on this machine ({why}). It needs Linux and bubblewrap. With --unsafe submissions run as you, and can do all that you can.",
                $"Não há sandbox nesta máquina ({why}). Ele precisa de Linux e do bubblewrap. Com --unsafe as entregas são executadas com o seu usuário e podem fazer tudo o que você pode."), settings);
        }

        return sandbox;
    }

    private IEnumerable<PartJob> Jobs(Submission one, ClassSettings settings)
    {
        string hash = FolderHash.Of(one.Folder);
        return one.Parts.Select(part => new PartJob(one, part, FolderHash.OfText(string.Join('\n',
            hash, one.BuildOf(part), one.Commands.GetValueOrDefault(part), one.Limits, settings.Language, options.IsUnsafe, CheckerProgram.Version))));
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        _stop.Cancel();
    }

    private int Reject(Text why, ClassSettings settings)
    {
        errors.WriteLine(why.In(settings.Language));
        return GradeExit.CannotGrade;
    }
}
