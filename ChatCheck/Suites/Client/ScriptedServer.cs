using System.Net.Sockets;
using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Client;

/// <summary>A listener on a free port of this machine for the client under test; the case decides what it sends.</summary>
internal sealed class ScriptedServer(Transcript transcript, CaseClock clock) : IDisposable
{
    /// <summary>Between two looks at whether the client still runs.</summary>
    private static readonly TimeSpan LookPause = TimeSpan.FromMilliseconds(100);

    private readonly LocalListener _listener = new();

    public int Port => _listener.Port;

    /// <summary>
    /// Waits for the client and returns the server's end of the connection. Null if <paramref name="client"/> has ended and is not
    /// connected: then it will not connect.
    /// </summary>
    /// <param name="client">The client under test.</param>
    /// <param name="limit">How long to wait.</param>
    /// <param name="isAtTerminal">True if the client may send fences.</param>
    public FrameConnection? Accept(IProgram client, TimeSpan limit, bool isAtTerminal)
    {
        CaseClock.Wait wait = clock.ForStart(limit);
        while (!wait.IsOver)
        {
            bool hasEnded = client.AwaitExit(TimeSpan.Zero); // before the look: what it did before its end is seen by that
            if (_listener.Accept(LookPause) is Socket socket)
            {
                return isAtTerminal
                    ? new ClientConnection(socket, transcript, clock)
                    : new FrameConnection(Findings.ServerOfChecker, socket, transcript, clock);
            }

            if (hasEnded)
            {
                return null;
            }
        }

        throw Findings.NobodyConnects(limit);
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();
}
