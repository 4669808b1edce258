using System.Net;
using System.Net.Sockets;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Cases.Client;

/// <summary>A listener on a free port of this machine for the client under test; what it says is up to the case.</summary>
internal sealed class ScriptedServer : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Transcript _transcript;
    private readonly CaseClock _clock;

    /// <summary>Listens.</summary>
    public ScriptedServer(Transcript transcript, CaseClock clock)
    {
        _transcript = transcript;
        _clock = clock;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
    }

    /// <summary>Its port.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>Waits for the client: the server's end of the connection.</summary>
    public Peer Accept()
    {
        TimeSpan limit = _clock.Patience.Start;
        return _listener.Poll(limit, SelectMode.SelectRead)
            ? new Peer("server", _listener.Accept(), _transcript, _clock, new Fences())
            : throw Findings.NobodyConnects(limit);
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();
}
