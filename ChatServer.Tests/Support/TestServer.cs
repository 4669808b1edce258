using System.Net;
using ThreadedChat.ChatServer.Connections;

namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>
/// A chat server in this process, on a free port, and its clients: they end with it. Fails at its end where the server
/// logged a fault of its own.
/// </summary>
internal sealed class TestServer : IDisposable
{
    private readonly FaultLog _log = new();
    private readonly Server _server;
    private readonly List<WireClient> _clients = [];

    public TestServer()
        : this(new ServerOptions())
    {
    }

    public TestServer(ServerOptions options)
    {
        _server = new Server(ListenSocket.Open(0), options, _log);
        _server.Start();
    }

    public int Port => _server.Port;

    /// <summary>Connects a client that says nothing yet; the parameters are those of <see cref="WireClient.Connect"/>.</summary>
    public WireClient Connect(IPAddress? to = null, IPAddress? from = null, int? receiveBuffer = null)
    {
        WireClient client = WireClient.Connect(Port, to, from, receiveBuffer);
        _clients.Add(client);
        return client;
    }

    /// <summary>Connects a client and gives its name. The server has let it in when this returns.</summary>
    public WireClient Enter(string name)
    {
        WireClient client = Connect();
        client.Send(name);
        Assert.IsEmpty(client.Fence(), "A newcomer is sent nothing.");
        return client;
    }

    /// <summary>Connects clients with these names, all in the new channel <paramref name="channel"/>, and nothing on its way to them.</summary>
    public WireClient[] Gather(string channel, params IEnumerable<string> names)
    {
        WireClient[] members = [.. names.Select(Enter)];
        for (int i = 0; i < members.Length; i++)
        {
            members[i].Send(i == 0 ? $"/create {channel}" : $"/join {channel}");
            Assert.IsEmpty(members[i].Fence(), "Who creates or joins a channel is sent nothing.");
        }

        foreach (WireClient member in members)
        {
            member.Fence();
        }

        return members;
    }

    /// <summary>Waits until so many clients are connected.</summary>
    public void AwaitConnections(int count) =>
        Eventually.True(() => _server.ConnectionCount == count, $"the server should have {count} connections");

    /// <summary>Stops the server on another thread.</summary>
    public Task BeginStop() => Task.Run(_server.Stop);

    public void Dispose()
    {
        _clients.ForEach(client => client.Dispose());
        _server.Dispose();
        Assert.IsEmpty(_log.Faults, string.Join('\n', _log.Faults));
    }
}
