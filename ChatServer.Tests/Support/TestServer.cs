using System.Net;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.ChatServer.Secure;
using ThreadedChat.Common.Tracing;

namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>A chat server in this process. Fails at its end if the server has logged a fault of its own.</summary>
internal sealed class TestServer : ServerUnderTest
{
    private readonly FaultLog _log = new();
    private readonly Server _server;

    public TestServer()
        : this(new ServerOptions())
    {
    }

    public TestServer(ServerOptions options, TraceWriter? trace = null, TlsIdentity? identity = null, TimeProvider? time = null)
        : this(options, [new Listener(ListenSocket.Open(0), "", IsSecure: identity is not null)], identity, trace, time)
    {
    }

    public TestServer(
        ServerOptions options, IReadOnlyList<Listener> listeners, TlsIdentity? identity = null, TraceWriter? trace = null, TimeProvider? time = null)
    {
        _server = new Server(listeners, options, _log, time, trace, identity);
        _server.Start();
    }

    public override int Port => _server.Port;

    /// <summary>The address of its HTTP port.</summary>
    public IPEndPoint Http => _server.Monitoring.Address!;

    /// <summary>What can be seen of it from outside.</summary>
    public Monitoring Monitoring => _server.Monitoring;

    /// <summary>Has a part read its file again, as SIGHUP does. What came of it.</summary>
    public string Reload(string part) => _server.Guard.ReopenParts.Single(one => one.Name == part).Reopen();

    /// <summary>Waits until this many clients are connected.</summary>
    public void AwaitConnections(int count) =>
        Eventually.True(() => _server.ConnectionCount == count, $"the server should have {count} connections");

    /// <summary>Stops the server on another thread.</summary>
    public Task BeginStop() => Task.Run(_server.Stop);

    public override void Dispose()
    {
        base.Dispose();
        _server.Dispose();
        Assert.IsEmpty(_log.Faults, string.Join('\n', _log.Faults));
    }
}
