using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Client;

/// <summary>
/// How long the client takes to start: some compile first, at each start or only at the first one. The wait for a client that never connects
/// depends on the starts measured so far.
/// </summary>
internal sealed class StartTimes(Timeouts timeouts)
{
    /// <summary>A start may take this many times as long as the longest start so far: the machine may have become busier.</summary>
    private const int Factor = 4;

    private const int TriesToConnect = 2;

    private TimeSpan? _longest;
    private int _failed;
    private bool _hasName;
    private bool _hasNoName;

    /// <summary>
    /// What is said of a client that has not connected in the time of a start, and not in another try; null if it has, or was
    /// not waited for.
    /// </summary>
    public Text? NeverConnected => _longest is null && _failed >= TriesToConnect ? Findings.NobodyConnects(timeouts.Start).Finding.What : null;

    /// <summary>The time for a client to start and to do the first thing that can be seen.</summary>
    public TimeSpan Limit => LimitWith(timeouts.Reply);

    /// <summary>The time for a client to connect: short once one has not, because the next one will not either.</summary>
    public TimeSpan ConnectLimit => _failed > 0 && _longest is null ? Least(timeouts.Start, timeouts.NextStart) : timeouts.Start;

    /// <summary>The time that a start may take, in whole seconds: findings name it, and are the same in each run. Null if no client has connected.</summary>
    private TimeSpan? LongestAllowed => _longest is TimeSpan longest ? TimeSpan.FromSeconds(Math.Ceiling((longest * Factor).TotalSeconds)) : null;

    /// <summary>As <see cref="Limit"/>, with another time for the first thing that can be seen.</summary>
    public TimeSpan LimitWith(TimeSpan answer) => LongestAllowed is TimeSpan longest ? Least(timeouts.Start, answer + longest) : timeouts.Start;

    /// <summary>A wait for a client to start and to do the first thing that can be seen.</summary>
    public CaseClock.Wait Await(CaseClock clock) => clock.ForStart(LimitWith(clock.Timeouts.Reply), LimitWith(clock.Answer));

    /// <summary>
    /// A wait for the name, behind the connection: some clients load the rest of themselves in between, and some sleep. Once none has come, because none will
    /// come the next time either, it ends as soon as the client has nothing to do; not if one has ever come, because then one was only late.
    /// </summary>
    public CaseClock.Wait AwaitName(CaseClock clock) => _hasNoName && !_hasName ? clock.ForMore() : clock.Within(timeouts.Reply);

    /// <summary>Notes that a client has connected, so long after its start.</summary>
    public void AddConnected(TimeSpan time) => _longest = _longest is TimeSpan longest && longest > time ? longest : time;

    /// <summary>Notes that a client has not connected in time.</summary>
    public void AddFailed() => _failed++;

    /// <summary>Notes whether a client has sent its name in time.</summary>
    public void AddName(bool hasCome)
    {
        _hasName |= hasCome;
        _hasNoName |= !hasCome;
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
