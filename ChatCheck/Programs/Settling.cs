using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Programs;

/// <summary>
/// Whether a program has done all that it will do by itself: each of its threads waits for something, or has run for a while since the first look. A
/// program that is late because the machine is busy has not. What a program does later, because it has looked at a clock, is not seen.
/// </summary>
internal sealed class Settling
{
    /// <summary>
    /// Between two looks the work may go from one thread, which waits then, to another one, which waited: so none may have run in between. A thread that wakes
    /// up again and again by itself runs between all looks, and does nothing for the others in so many of them.
    /// </summary>
    private const int LooksOfWaker = 6;

    /// <summary>A thread that never waits has had its turn after so much time on a processor.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(100);

    private readonly Func<IReadOnlySet<int>> _findFamily;
    private readonly Func<IReadOnlySet<int>, Dictionary<string, ProgramThreads.Sample>> _lookAt;
    private IReadOnlySet<int>? _family;
    private Dictionary<string, ProgramThreads.Sample>? _first;
    private Dictionary<string, ProgramThreads.Sample>? _before;
    private int _quietLooks;

    /// <summary>Watches the threads of processes.</summary>
    /// <param name="findFamily">All processes of the program at this moment; takes much longer than a look at them.</param>
    /// <param name="lookAt">The threads of these processes at this moment.</param>
    public Settling(Func<IReadOnlySet<int>> findFamily, Func<IReadOnlySet<int>, Dictionary<string, ProgramThreads.Sample>> lookAt)
    {
        _findFamily = findFamily;
        _lookAt = lookAt;
    }

    /// <summary>For <see cref="CaseClock.WatchProgram"/>: null if the system does not tell, or there is no process.</summary>
    public static Func<Func<bool>>? WatchFor(int? process) =>
        process is int id && ProgramThreads.Exist ? () => new Settling(() => ProcessFamily.Of(id), family => ProgramThreads.Of(id, family)).Look : null;

    /// <summary>One look, some time after the last one; true if nothing is still to be done.</summary>
    public bool Look()
    {
        _family ??= _findFamily();
        Dictionary<string, ProgramThreads.Sample> now = _lookAt(_family);
        _first ??= now;
        bool isQuiet = now.Count > 0 && now.All(thread => !thread.Value.IsBusy || (thread.Value.State == 'R' && HasHadTurn(thread.Key, thread.Value))); // none: it is about to be seen that it has ended
        _quietLooks = isQuiet ? _quietLooks + 1 : 0;
        bool isIdle = _quietLooks >= LooksOfWaker || (_quietLooks > 1 && HaveNotRunSince(_before!, now));
        _before = now;
        if (isIdle || now.Values.Any(thread => thread.HasEnded))
        {
            IReadOnlySet<int> family = _findFamily();
            isIdle &= family.SetEquals(_family);
            _quietLooks = isIdle ? _quietLooks : 0;
            _family = family;
        }

        return isIdle;
    }

    private bool HaveNotRunSince(Dictionary<string, ProgramThreads.Sample> before, Dictionary<string, ProgramThreads.Sample> now) =>
        now.Count == before.Count
        && now.All(thread => before.TryGetValue(thread.Key, out ProgramThreads.Sample was) && (was.Ran == thread.Value.Ran || HasHadTurn(thread.Key, thread.Value)));

    private bool HasHadTurn(string thread, ProgramThreads.Sample now) =>
        _first!.TryGetValue(thread, out ProgramThreads.Sample first) && now.Ran - first.Ran > Turn;
}
