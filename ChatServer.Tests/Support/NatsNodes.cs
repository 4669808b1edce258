using System.Globalization;
using NATS.Client.Core;
using NATS.Client.JetStream;
using ThreadedChat.ChatCheck.Programs;

namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>Three nodes of nats-server that form one engine, on loopback, with their stores in a folder of their own.</summary>
internal sealed class NatsNodes : IDisposable
{
    public const int Count = 3;

    private const int Tries = 3;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("threadedchat-nats-");
    private readonly int[] _ports = new int[Count];
    private readonly int[] _routes = new int[Count];
    private readonly ChatProcess[] _processes = new ChatProcess[Count];

    private int _number;

    public NatsNodes()
    {
        Needs.Program("nats-server");
        for (int tries = 1; !TryStart(isLast: tries == Tries); tries++)
        {
            Array.ForEach(_processes, process => process.Dispose());
        }
    }

    public string Urls => string.Join(',', _ports.Select(port => $"nats://127.0.0.1:{Text(port)}"));

    /// <summary>Waits until all nodes have all of a stream, and returns the one that leads it.</summary>
    public int AwaitLeader(string stream)
    {
        int leader = -1;
        Eventually.True(() => (leader = LeaderIfComplete(stream)) >= 0, $"all nodes should have all of {stream}", Limit.Load);
        return leader;
    }

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
        _folder.Remove();
    }

    private int LeaderIfComplete(string stream)
    {
        var connection = new NatsConnection(NatsOpts.Default with { Url = Urls });
        try
        {
            var info = new NatsJSContext(connection).GetStreamAsync(stream).AsTask().GetAwaiter().GetResult().Info.Cluster;
            return info is { Leader: string leader, Replicas: { Count: Count - 1 } others } && others.All(other => other.Current)
                ? int.Parse(leader.Split('-')[^1], CultureInfo.InvariantCulture)
                : -1;
        }
        catch (Exception e) when (e is NatsException or NatsJSException or TimeoutException or OperationCanceledException)
        {
            return -1; // there is no leader now
        }
        finally
        {
            connection.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    /// <summary>Each must know the ports of the others before it starts, and another program may take one of them. False if they do not all start.</summary>
    private bool TryStart(bool isLast)
    {
        _number++;
        for (int i = 0; i < Count; i++)
        {
            (_ports[i], _routes[i]) = (FreePort.Next(), FreePort.Next());
        }

        for (int i = 0; i < Count; i++)
        {
            Start(i);
        }

        try
        {
            for (int i = 0; i < Count; i++)
            {
                AwaitReady(i);
            }
        }
        catch (AssertFailedException) when (!isLast)
        {
            return false;
        }

        return true;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void Start(int node) => _processes[node] = new ChatProcess(
        "nats-server",
        _folder.FullName,
        "-js",
        "-n", $"node-{node}",
        "-sd", Path.Combine(_folder.FullName, $"store-{_number}-{node}"),
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
