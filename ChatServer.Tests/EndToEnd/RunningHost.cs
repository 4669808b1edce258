using System.Net;
using System.Net.Sockets;
using ThreadedChat.ChatCheck.Programs;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>A server on this machine that runs already, for the cases of the checker: all are played on it.</summary>
internal sealed class RunningHost(int port) : IServerHost
{
    public int StartCount => 1;

    public bool CanRenew => false;

    public bool StartsQuickly => false;

    public bool HasEnded => false;

    public void Renew()
    {
        // One server for all cases: their channels have different names.
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

    public Socket Connect(int? receiveBuffer = null) => ChatCheck.Wire.Connections.Open(new IPEndPoint(IPAddress.Loopback, port), receiveBuffer);

    public ProgramEnd? Ending(TimeSpan limit) => null;

    public void Dispose()
    {
        // The test ends the server.
    }
}
