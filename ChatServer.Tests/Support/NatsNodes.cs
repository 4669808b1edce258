using System.Globalization;
using ThreadedChat.ChatCheck.Programs;

namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>Three nodes of nats-server that form one engine, on loopback, with their stores in a folder of their own.</summary>
internal sealed class NatsNodes : IDisposable
{
    public const int Count = 3;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("threadedchat-nats-");
    private readonly int[] _ports = [.. Enumerable.Range(0, Count).Select(_ => FreePort.Next())];
    private readonly int[] _routes = [.. Enumerable.Range(0, Count).Select(_ => FreePort.Next())];
    private readonly ChatProcess[] _processes = new ChatProcess[Count];

    public NatsNodes()
    {
        Needs.Program("nats-server");
        for (int i = 0; i < Count; i++)
        {
            Start(i);
        }

        for (int i = 0; i < Count; i++)
        {
            AwaitReady(i);
        }
    }

    public string Urls => string.Join(',', _ports.Select(port => $"nats://127.0.0.1:{Text(port)}"));

    /// <summary>Ends a node at once.</summary>
    public void Kill(int node)
    {
        _processes[node].Kill();
        _processes[node].AwaitExit();
    }

    /// <summary>Starts it again, with its store, and waits until it takes part.</summary>
    public void Restart(int node)
    {
        _processes[node].Dispose();
        Start(node);
        AwaitReady(node);
    }

    public void Dispose()
    {
        Array.ForEach(_processes, process => process?.Dispose());
        _folder.Delete(recursive: true);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void Start(int node) => _processes[node] = new ChatProcess(
        "nats-server",
        _folder.FullName,
        "-js",
        "-n", $"node-{node}",
        "-sd", Path.Combine(_folder.FullName, $"store-{node}"),
        "-a", "127.0.0.1",
        "-p", Text(_ports[node]),
        "-cluster_name", "test",
        "-cluster", $"nats://127.0.0.1:{Text(_routes[node])}",
        "-routes", string.Join(',', _routes.Select(port => $"nats://127.0.0.1:{Text(port)}")));

    /// <summary>It says so when the three have chosen who leads them.</summary>
    private void AwaitReady(int node) => _processes[node].Error.AwaitSinceLastLook(
        text => text.Contains("JetStream cluster new metadata leader", StringComparison.Ordinal)
            || text.Contains("Self is new JetStream cluster metadata leader", StringComparison.Ordinal),
        $"node {node} should know the leader");
}
