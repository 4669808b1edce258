using System.Net.Sockets;

namespace ThreadedChat.ChatCheck.Programs;

/// <summary>The server under test: one that runs already, or one that is started as often as needed.</summary>
internal interface IServerHost : IDisposable
{
    /// <summary>How many times it was started. Another number means a new server, without channels. 0 if the checker does not start it.</summary>
    int StartCount { get; }

    /// <summary>Whether the checker starts it, and so can start it again.</summary>
    bool CanRenew { get; }

    /// <summary>Whether a start takes so little time that every case can have a server of its own.</summary>
    bool StartsQuickly { get; }

    /// <summary>Whether a start takes longer than most cases do.</summary>
    bool StartsSlowly => false;

    /// <summary>
    /// Whether the server uses a processor while no client sends anything: then it takes time from every other
    /// program. Measures that for a moment.
    /// </summary>
    bool IsRestless => false;

    /// <summary>Gives the servers that are started from now on a lower priority than all other programs; nothing if the checker does not start them.</summary>
    void GoLast()
    {
    }

    /// <summary>Makes the next connection go to a server that was just started; nothing if the checker does not start it.</summary>
    void Renew();

    /// <summary>Whether the checker has started it and it has ended since.</summary>
    bool HasEnded { get; }

    /// <summary>Starts the server if that was not done; one that has ended is not started again before <see cref="Renew"/>.</summary>
    /// <exception cref="CannotStartException">It does not start, or does not listen.</exception>
    void EnsureStarted();

    /// <summary>
    /// Starts a server in the background for the <see cref="EnsureStarted"/> after the next <see cref="Renew"/>; nothing if the
    /// checker does not start it. More than one is prepared if a start takes longer than most cases do.
    /// </summary>
    /// <param name="onlyIfSlow">Whether to do that only if a start takes long.</param>
    void PrepareNext(bool onlyIfSlow = false);

    /// <summary>A host beside this one, whose servers are others; this one if the checker does not start it.</summary>
    IServerHost OpenAnother();

    /// <summary>Connects, after <see cref="EnsureStarted"/>.</summary>
    /// <param name="receiveBuffer">Bytes that the kernel may hold unread; null is the default of the system.</param>
    /// <exception cref="SocketException">It does not take the connection.</exception>
    /// <exception cref="CannotStartException">It does not start, or does not listen.</exception>
    Socket Connect(int? receiveBuffer = null);

    /// <summary>How the server has ended, if it has: waits <paramref name="limit"/> for it.</summary>
    ProgramEnd? Ending(TimeSpan limit);
}
