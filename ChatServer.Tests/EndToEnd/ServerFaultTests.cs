using ThreadedChat.ChatServer.Machine;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>A fault of our own in a thread of the server, put in through its log: it is counted, and costs at most the connection it struck.</summary>
[TestClass]
public sealed class ServerFaultTests : IDisposable
{
    private readonly LineLog _log = new();
    private readonly Server _server;
    private string? _fatalWord;

    public ServerFaultTests()
    {
        _log.OnLine = line =>
        {
            if (_fatalWord is string word && line.Contains(word, StringComparison.Ordinal))
            {
                throw new InvalidOperationException("a fault of ours");
            }
        };
        _server = new Server(ListenSocket.Open(0), new ServerOptions(), _log);
        _server.Start();
    }

    public void Dispose() => _server.Dispose();

    [TestMethod]
    public void A_fault_in_a_reader_ends_that_connection_and_the_others_get_the_notice()
    {
        using WireClient panda = Enter("Panda");
        panda.Send("/create room");
        Assert.IsEmpty(panda.Fence());
        using WireClient alice = Enter("Alice");
        alice.Send("/join room");
        Assert.AreEqual("Alice has joined", panda.Read());

        _fatalWord = "Alice is in channel other";
        alice.Send("/create other");

        Assert.IsEmpty(alice.ReadToEnd());
        Assert.AreEqual("Alice has left", panda.Read());
        Eventually.True(() => _server.ConnectionCount == 1, "Alice's place should be free");
        AssertOneFault("Fault while serving connection 2");
    }

    [TestMethod]
    public void A_fault_at_the_end_of_a_reader_frees_its_place()
    {
        WireClient panda = Enter("Panda");

        _fatalWord = "Connection 1 closed";
        panda.Dispose();

        Eventually.True(() => _server.Faults.Count == 1, "the fault should be counted");
        Assert.AreEqual(0, _server.ConnectionCount);
        AssertOneFault("Fault while serving connection 1");
    }

    [TestMethod]
    public void A_fault_in_the_accept_thread_ends_that_connection_and_accepting_continues()
    {
        _fatalWord = "Connection 1 accepted from";
        using WireClient unlucky = WireClient.Connect(_server.Port);

        Assert.IsEmpty(unlucky.ReadToEnd());
        Eventually.True(() => _server.Faults.Count == 1, "the fault should be counted");
        Assert.AreEqual(0, _server.ConnectionCount);
        using WireClient panda = Enter("Panda");
        AssertOneFault("Fault while accepting");
    }

    [TestMethod]
    public void The_server_logs_the_number_of_faults_when_it_stops()
    {
        _fatalWord = "Connection 1 accepted from";
        using WireClient unlucky = WireClient.Connect(_server.Port);
        Assert.IsEmpty(unlucky.ReadToEnd());
        _server.Stop();

        Assert.Contains("1 faults", _log.Take()[^1]);
    }

    private WireClient Enter(string name)
    {
        WireClient client = WireClient.Connect(_server.Port);
        client.Send(name);
        Assert.IsEmpty(client.Fence());
        return client;
    }

    private void AssertOneFault(string line)
    {
        Assert.AreEqual(1, _server.Faults.Count);
        Assert.AreEqual(line, Assert.ContainsSingle(_log.Take().Where(kept => kept.StartsWith("Fault", StringComparison.Ordinal))));
    }
}
