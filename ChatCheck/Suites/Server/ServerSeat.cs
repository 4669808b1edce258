using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Server;

/// <summary>
/// A server on which cases are played, with the names and questions that it has not seen yet. Where cases share it, a guest of
/// our own stays connected from case to case: when it gets no answer any more, the server died or hangs because of the last case.
/// </summary>
internal sealed class ServerSeat(IServerHost host, Fences fences, ChannelNames channels, Timeouts timeouts) : IDisposable
{
    private static readonly TimeSpan Forever = TimeSpan.FromDays(1);

    private Person? _guest;
    private int _usedStart = -1;

    public IServerHost Host => host;

    /// <summary>Whether guests can be invited: a server that hangs and cannot be started anew is not asked again and again.</summary>
    public bool CanHaveGuest { get; set; }

    /// <summary>Whether a case was played on the server that runs now.</summary>
    public bool IsUsed => host.StartCount == _usedStart;

    /// <summary>Whether the last case has left it without use.</summary>
    public bool IsLost => host.HasEnded || (_guest is not null && !_guest.AnswersFence());

    /// <summary>The next case finds a server that was just started, with the same names in each play.</summary>
    public void Renew()
    {
        _guest?.Dispose();
        _guest = null;
        host.Renew();
        if (host.CanRenew)
        {
            channels.Restart(); // what is reported does not depend on what was played before
            fences.Restart();
        }
    }

    /// <summary>Starts the server if it does not run, and notes that a case uses it. True if that case is the first.</summary>
    public bool Use()
    {
        host.EnsureStarted();
        bool isFirst = !IsUsed;
        _usedStart = host.StartCount;
        return isFirst;
    }

    /// <summary>Lets a guest in, if there is none.</summary>
    public void InviteGuest()
    {
        if (!CanHaveGuest || _guest is not null)
        {
            return;
        }

        Person guest = Open(new CaseClock(timeouts, Forever), new Transcript()).Connect("Guest"); // ends with this object, not with a fixture
        guest.Send("Guest");
        CanHaveGuest = guest.AnswersFence();
        _guest = CanHaveGuest ? guest : null;
    }

    /// <summary>The fixture of a case.</summary>
    /// <param name="clock">The time of the play.</param>
    /// <param name="transcript">The transcript of the case.</param>
    /// <param name="end">Is done at the end of the play, before its connections end.</param>
    public ServerFixture Open(CaseClock clock, Transcript transcript, Action? end = null) => new(host, fences, channels, clock, transcript, end);

    /// <summary>How the server has ended, if it has.</summary>
    public ProgramEnd? Ending() => host.Ending(timeouts.Rest / 2);

    /// <inheritdoc/>
    public void Dispose()
    {
        _guest?.Dispose();
        host.Dispose();
    }
}
