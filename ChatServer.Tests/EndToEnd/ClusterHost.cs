using System.Net;
using System.Net.Sockets;
using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>Servers of one chat, for the cases of the checker: each connection goes to the next one.</summary>
internal sealed class ClusterHost(TestCluster cluster) : IServerHost
{
    private int _connections;

    public int StartCount => 1;

    public bool CanRenew => false;

    public bool StartsQuickly => false;

    public bool HasEnded => false;

    public void Renew()
    {
        // One chat for all cases: their channels have different names.
    }

    public void EnsureStarted()
    {
        // It runs.
    }

    public void PrepareNext(bool onlyIfSlow = false)
    {
        // There is no next one.
    }

    public IServerHost OpenAnother() => this;

    public Socket Connect(int? receiveBuffer = null)
    {
        int[] ports = cluster.Ports;
        int port = ports[Interlocked.Increment(ref _connections) % ports.Length];
        return ChatCheck.Wire.Connections.Open(new IPEndPoint(IPAddress.Loopback, port), receiveBuffer);
    }

    public ProgramEnd? Ending(TimeSpan limit) => null;

    public void Dispose()
    {
        // The test ends the servers.
    }
}
