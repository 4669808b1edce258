using ThreadedChat.ChatServer.Logging;

namespace ThreadedChat.ChatServer;

/// <summary>What the server opens or reads again at SIGHUP. Parts are added before the first signal.</summary>
internal sealed class ReloadParts(Faults faults, Action<string> tell)
{
    private readonly List<(string Name, Func<string> Reload)> _parts = [];

    /// <summary>Signals that were not handled yet. The thread that raises it from 0 handles them all: no part is reloaded twice at a time.</summary>
    private int _requests;

    /// <summary>Adds a part.</summary>
    /// <param name="name">What it is, for the log of a fault: "the certificate".</param>
    /// <param name="reload">Reloads it, and returns the result, in one line for the log. An error changes nothing.</param>
    public void Add(string name, Func<string> reload) => _parts.Add((name, reload));

    /// <summary>Reloads all parts, one after the other. A part that fails does not stop those behind it. For any thread.</summary>
    public void Reload()
    {
        if (Interlocked.Increment(ref _requests) > 1)
        {
            return; // the thread that is at work does it once more
        }

        int handled;
        do
        {
            handled = Volatile.Read(ref _requests);
            ReloadOnce();
        }
        while (Interlocked.Add(ref _requests, -handled) > 0);
    }

    private void ReloadOnce()
    {
        if (_parts.Count == 0)
        {
            tell("there is no file to open again");
        }

        foreach ((string name, Func<string> reload) in _parts)
        {
            faults.Guard($"reloading {name}", () => tell(reload()));
        }
    }
}
