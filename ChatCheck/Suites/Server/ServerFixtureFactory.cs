using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Server;

/// <summary>
/// Gives every case a server that answers. One that starts quickly is started anew for each, so that no case depends on
/// another. One that is slow is shared by a group of cases; then a guest of our own stays connected from case to case: when
/// it gets no answer any more, the server died or hangs because of the last case, and is started anew.
/// </summary>
internal sealed class ServerFixtureFactory(IServerHost host, ChannelNames channels, Timeouts timeouts) : IFixtureFactory<ServerFixture>
{
    private static readonly TimeSpan Forever = TimeSpan.FromDays(1);

    private readonly Fences _fences = new();
    private bool _isAcquainted;
    private bool _canHaveGuest;
    private Person? _guest;
    private int _usedStart = -1;

    /// <inheritdoc/>
    public bool IsAlone { get; private set; }

    /// <inheritdoc/>
    public bool CanRepeat => host.CanRenew && host.StartsQuickly;

    /// <inheritdoc/>
    public void BeginGroup() => Renew();

    /// <inheritdoc/>
    public ServerFixture Build(CaseClock clock, Transcript transcript, bool alone)
    {
        if (!_isAcquainted)
        {
            _canHaveGuest = ServerProbe.Probe(host, _fences, channels, timeouts);
            _isAcquainted = true;
            Renew();
        }

        bool isOwn = host.CanRenew && (alone || host.StartsQuickly);
        if ((isOwn && host.StartCount == _usedStart) || host.HasEnded || (_guest is not null && !_guest.AnswersFence()))
        {
            Renew();
        }

        host.EnsureStarted();
        IsAlone = !host.CanRenew || host.StartCount != _usedStart;
        _usedStart = host.StartCount;
        if (host.CanRenew && !isOwn && _canHaveGuest && _guest is null)
        {
            InviteGuest();
        }

        clock.Restart();
        return new ServerFixture(host, _fences, channels, clock, transcript);
    }

    /// <inheritdoc/>
    public Text? Ending(ServerFixture? fixture) => host.Ending(timeouts.Rest / 2);

    /// <inheritdoc/>
    public void Dispose()
    {
        _guest?.Dispose();
        host.Dispose();
    }

    private void Renew()
    {
        _guest?.Dispose();
        _guest = null;
        host.Renew();
        if (host.CanRenew)
        {
            channels.Restart(); // the same names in each play: what is reported does not depend on what was played before
            _fences.Restart();
        }
    }

    private void InviteGuest()
    {
        var fixture = new ServerFixture(host, _fences, channels, new CaseClock(timeouts, Forever), new Transcript());
        Person guest = fixture.Connect("Guest"); // ends with this object, not with a fixture
        guest.Send("Guest");
        _canHaveGuest = guest.AnswersFence(); // a server that hangs and cannot be started anew is not asked again and again
        _guest = _canHaveGuest ? guest : null;
    }
}
