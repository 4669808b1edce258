using ThreadedChat.ChatServer.Cluster;

namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>A nats-server, and chat servers in this process that form one chat over it.</summary>
internal sealed class TestCluster : IDisposable
{
    private readonly List<TestServer> _servers = [];
    private readonly Func<ServerOptions, ServerOptions> _change;
    private readonly TimeSpan _serverTimeout;
    private readonly TimeSpan _engineTimeout;

    /// <param name="servers">How many servers.</param>
    /// <param name="change">Changes their options.</param>
    /// <param name="serverTimeout">Long by default: on a busy machine no server must be taken for gone.</param>
    /// <param name="engineTimeout">The same for the engine.</param>
    public TestCluster(
        int servers, Func<ServerOptions, ServerOptions>? change = null, TimeSpan? serverTimeout = null, TimeSpan? engineTimeout = null)
    {
        _change = change ?? (options => options);
        _serverTimeout = serverTimeout ?? TimeSpan.FromMinutes(2);
        _engineTimeout = engineTimeout ?? TimeSpan.FromMinutes(2);
        Engine = new NatsServer();
        for (int i = 0; i < servers; i++)
        {
            AddServer();
        }
    }

    public NatsServer Engine { get; }

    public int[] Ports => [.. _servers.Select(server => server.Port)];

    public TestServer this[int index] => _servers[index];

    public TestServer AddServer(Func<ServerOptions, ServerOptions>? change = null)
    {
        var server = new TestServer((change ?? _change)(new ServerOptions
        {
            Cluster = new ClusterTarget(Engine.Url, "test") { ServerTimeout = _serverTimeout, EngineTimeout = _engineTimeout },
        }));
        _servers.Add(server);
        return server;
    }

    /// <summary>Stops a server in order.</summary>
    public void Stop(int index)
    {
        _servers[index].Dispose();
        _servers.RemoveAt(index);
    }

    public void Dispose()
    {
        _servers.ForEach(server => server.Dispose());
        Engine.Dispose();
    }
}
