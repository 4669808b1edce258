using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Server;

/// <summary>
/// Gives every case a server that answers: one of its own, which is started while the case before runs, or the one that the
/// cases of a group share. A case that fails on the shared one is played again on one of its own.
/// </summary>
internal sealed class ServerFixtureFactory(IServerHost host, ChannelNames channels, Timeouts timeouts) : IFixtureFactory<ServerFixture>
{
    private ServerSeat? _own;
    private ServerSeat? _shared;
    private ServerSeat? _last;
    private bool _isLonely;
    private bool _hasFailed;

    /// <summary>Whether servers may be used by two threads at the same time.</summary>
    public bool AllowsTwo { get; init; }

    /// <inheritdoc/>
    public bool IsAlone { get; private set; }

    /// <inheritdoc/>
    public bool CanRepeat => host.CanRenew && host.StartsQuickly;

    /// <inheritdoc/>
    public Text? Hopeless { get; private set; }

    private Fences Fences { get; init; } = new();

    /// <inheritdoc/>
    public void BeginGroup()
    {
        _shared?.Renew();
        if (!host.CanRenew)
        {
            _own?.Renew();
        }
    }

    /// <inheritdoc/>
    public void Rest()
    {
        if (_isLonely)
        {
            _own?.Renew();
        }
    }

    /// <inheritdoc/>
    public ServerFixture Build(CaseClock clock, Transcript transcript, ProgramUse use)
    {
        if (_own is null)
        {
            Acquaint();
        }

        bool isOwn = host.CanRenew && (use == ProgramUse.Own || (use == ProgramUse.OwnIfQuick && host.StartsQuickly));
        ServerSeat seat = isOwn ? _own! : _shared!;
        if ((isOwn && seat.IsUsed) || seat.IsLost)
        {
            seat.Renew();
        }

        _last = seat;
        IsAlone = seat.Use() || !host.CanRenew;
        if (isOwn && !_isLonely && Fences.Style != FenceStyle.Quiet)
        {
            host.PrepareNext(); // not if silence is measured: the start of another program takes time from this one
        }
        else if (!isOwn && host.CanRenew && !_isLonely)
        {
            seat.InviteGuest();
            PrepareShared(seat);
        }

        clock.WatchProgram = Settling.WatchFor(seat.Host.ProcessId);
        clock.Restart();
        _hasFailed = false;
        return seat.Open(clock, transcript, () => EndPlay(seat, isOwn));
    }

    /// <inheritdoc/>
    public IFixtureFactory<ServerFixture>? OpenAnother()
    {
        // Not where silence is measured, nor where a start takes long.
        if (!AllowsTwo || _own is null || !CanRepeat || Fences.Style == FenceStyle.Quiet)
        {
            return null;
        }

        var another = new ServerFixtureFactory(host.OpenAnother(), channels.Another(), timeouts) { Fences = Fences.Another(), _isLonely = _isLonely };
        another.TakeSeats(_shared!.CanHaveGuest);
        return another;
    }

    /// <inheritdoc/>
    public ProgramEnd? Ending(ServerFixture? fixture)
    {
        _hasFailed = true;
        return _last?.Ending();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _shared?.Dispose();
        _own?.Dispose();
        host.Dispose();
    }

    /// <summary>
    /// Ends the server that no other play uses, and one that has failed a case: it may be in an endless loop, and would take a processor from all others. One that
    /// starts slowly stays for the cases that share it.
    /// </summary>
    private void EndPlay(ServerSeat seat, bool isOwn)
    {
        if (host.CanRenew && !_isLonely && (isOwn || (_hasFailed && host.StartsQuickly)))
        {
            seat.Renew();
        }
    }

    /// <summary>Prepares the server of the next group, if a start takes long.</summary>
    private void PrepareShared(ServerSeat seat)
    {
        if (Fences.Style != FenceStyle.Quiet)
        {
            seat.Host.PrepareNext(onlyIfSlow: true);
        }
    }

    private void Acquaint()
    {
        ServerProbe.Result seen = ServerProbe.Probe(host, Fences, channels, timeouts);
        Hopeless = seen.IsSilent ? ServerProbe.Silent : null;

        // A server that keeps a processor busy while it waits gets no other one of its kind beside it, if it starts in acceptable time, also on a busy
        // machine: cases that may share a server take the one of the case before.
        bool isRestless = host.CanRenew && (seen.IsRestless || host.IsRestless); // some only after clients have left
        _isLonely = isRestless && host.StartsQuickly;
        if (isRestless)
        {
            host.GoLast();
        }

        TakeSeats(seen.CanHaveGuest);
        _own!.Renew();
    }

    private void TakeSeats(bool canHaveGuest)
    {
        _own = new ServerSeat(host, Fences, channels, timeouts);
        _shared = !host.CanRenew || _isLonely
            ? _own
            : new ServerSeat(host.OpenAnother(), Fences.Another(), channels.Another(), timeouts) { CanHaveGuest = canHaveGuest };
    }
}
