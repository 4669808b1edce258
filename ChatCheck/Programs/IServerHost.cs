using System.Net.Sockets;

namespace ThreadedChat.ChatCheck.Programs;

/// <summary>The server under test: one that runs already, or one that is started as often as needed.</summary>
internal interface IServerHost : IDisposable
{
    /// <summary>How many times it was started: another number is another server, which knows nothing. 0 if it is not started here.</summary>
    int StartCount { get; }

    /// <summary>Whether it is started here, and so can be started anew.</summary>
    bool CanRenew { get; }

    /// <summary>Whether a start takes so little that every case can have a server of its own.</summary>
    bool StartsQuickly { get; }

    /// <summary>Whether a start takes longer than most cases do.</summary>
    bool StartsSlowly => false;

    /// <summary>
    /// Whether the server that runs now uses a processor while nobody wants anything from it: then it takes time from every other
    /// program. Waits a moment to learn that.
    /// </summary>
    bool IsRestless => false;

    /// <summary>Lets all other programs go before the servers that are started from now on; nothing if they are not started here.</summary>
    void GoLast()
    {
    }

    /// <summary>Lets the next connection find a server that was just started; nothing if it is not started here.</summary>
    void Renew();

    /// <summary>The process of the server that runs now; null if it is not started here.</summary>
    int? ProcessId => null;

    /// <summary>Whether it was started here and has ended since.</summary>
    bool HasEnded { get; }

    /// <summary>Starts the server if that was not done; one that has ended is not started again before <see cref="Renew"/>.</summary>
    /// <exception cref="CannotStartException">It does not start, or does not listen.</exception>
    void EnsureStarted();

    /// <summary>
    /// Starts a server in the background for the <see cref="EnsureStarted"/> after the next <see cref="Renew"/>; nothing if it
    /// is not started here. More than one is prepared if a start takes longer than most cases do.
    /// </summary>
    /// <param name="onlyIfSlow">Whether to do that only if a start takes long.</param>
    void PrepareNext(bool onlyIfSlow = false);

    /// <summary>A host beside this one, whose servers are others; this one if it is not started here.</summary>
    IServerHost OpenAnother();

    /// <summary>Connects, after <see cref="EnsureStarted"/>.</summary>
    /// <param name="receiveBuffer">Bytes that the kernel may hold unread; null is the default of the system.</param>
    /// <exception cref="SocketException">It does not take the connection.</exception>
    /// <exception cref="CannotStartException">It does not start, or does not listen.</exception>
    Socket Connect(int? receiveBuffer = null);

    /// <summary>How the server has ended, if it has: waits <paramref name="limit"/> for it.</summary>
    ProgramEnd? Ending(TimeSpan limit);
}
