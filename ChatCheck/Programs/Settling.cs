namespace ThreadedChat.ChatCheck.Programs;

/// <summary>
/// Whether a program has done all that it will do by itself: each of its threads waits for something, or has run for a while since the first look. A
/// program that is late because the machine is busy has not. What a program does later, because it has looked at a clock, is not seen.
/// </summary>
internal sealed class Settling
{
    /// <summary>A thread that never waits has had its turn after so much time on a processor.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(100);

    private readonly int _process;
    private Dictionary<string, ProgramThreads.Sample>? _first;
    private int _idleLooks;

    private Settling(int process) => _process = process;

    /// <summary>For <see cref="Wire.CaseClock.WatchProgram"/>: null if the system does not tell, or there is no process.</summary>
    public static Func<Func<bool>>? WatchFor(int? process) =>
        process is int id && ProgramThreads.Exist ? () => new Settling(id).Look : null;

    /// <summary>One look; true if two in a row have found nothing that is still to be done.</summary>
    private bool Look()
    {
        Dictionary<string, ProgramThreads.Sample> now = ProgramThreads.Of(_process);
        _first ??= now;
        bool isIdle = now.Count > 0 && now.All(thread => !thread.Value.IsBusy || HasHadTurn(thread.Key, thread.Value)); // none: it is about to be seen that it has ended
        _idleLooks = isIdle ? _idleLooks + 1 : 0;
        return _idleLooks > 1;
    }

    private bool HasHadTurn(string thread, ProgramThreads.Sample now) =>
        now.State == 'R' && _first!.TryGetValue(thread, out ProgramThreads.Sample first) && now.Ran - first.Ran > Turn;
}
