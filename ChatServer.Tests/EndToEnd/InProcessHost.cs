using System.Net;
using System.Net.Sockets;
using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>Our server in this process, for the cases of the checker: a start takes milliseconds.</summary>
/// <param name="options">Of the next server that starts; null for the defaults.</param>
internal sealed class InProcessHost(Func<ServerOptions>? options = null) : IServerHost
{
    private TestServer? _server;

    public int StartCount { get; private set; }

    public bool CanRenew => true;

    public bool StartsQuickly => true;

    public bool HasEnded => false;

    public void Renew()
    {
        _server?.Dispose(); // fails if the server has logged a fault of its own
        _server = null;
    }

    public void EnsureStarted()
    {
        if (_server is null)
        {
            _server = new TestServer(options?.Invoke() ?? new ServerOptions());
            StartCount++;
        }
    }

    public void PrepareNext(bool onlyIfSlow = false)
    {
        // A start takes next to nothing.
    }

    public IServerHost OpenAnother() => new InProcessHost(options);

    public Socket Connect(int? receiveBuffer = null)
    {
        EnsureStarted();
        return ChatCheck.Wire.Connections.Open(new IPEndPoint(IPAddress.Loopback, _server!.Port), receiveBuffer);
    }

    public ProgramEnd? Ending(TimeSpan limit) => null;

    public void Dispose() => Renew();
}
