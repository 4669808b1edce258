using System.Net.Sockets;
using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Suites.Server;
using ThreadedChat.ChatCheck.Wire;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Check;

/// <summary>Servers that use a processor while they wait, as many do that ask select without a timeout.</summary>
[TestClass]
public sealed class RestlessTests
{
    [TestMethod]
    [DataRow("while True: pass", true)]
    [DataRow("import select\nwhile True: select.select([sys.stdin], [], [], 0)", true)]
    [DataRow("sys.stdin.read()", false)]
    public void A_program_that_never_waits_is_seen(string code, bool isRestless)
    {
        Needs.Linux();
        Needs.Program("python3");
        using IProgram program = PythonPrograms.Inline($"import sys\nprint('ready', flush=True)\n{code}").Start(new ProgramArguments(1));
        Assert.IsTrue(program.Output.Await(0, Limit.Wait, (bytes, _) => bytes.Length > 0), "It has not started.");

        // Whatever it does on its way to the loop must be over.
        Eventually.True(() => Restlessness.Of(program.ProcessId!.Value, new Timeouts().Idle) == isRestless, "it should be seen what it does while it has nothing to do");
    }

    [TestMethod]
    public void A_server_that_never_waits_has_no_other_one_beside_it()
    {
        var host = new RestlessHost(new StartedServer(ServerDouble.Source(ServerFault.None), Checker.Patient));
        string[] ids = ["S-LIST-01", "S-LIST-02", "S-NAME-01", "S-MSG-10", "S-NET-02"];
        CaseGroup<ServerFixture>[] groups =
            [.. ServerCases.Groups.Select(group => group with { Cases = [.. group.Cases.Where(one => ids.Contains(one.Id))] }).Where(group => group.Cases.Count > 0)];

        List<CaseResult> results;
        using (var fixtures = new ServerFixtureFactory(host, new ChannelNames(""), Checker.Patient))
        {
            results = [.. CaseRunner.Run(groups, fixtures, Checker.Patient)];
        }

        Assert.AreEqual(
            "S-LIST-01 Passed, S-LIST-02 Passed, S-NAME-01 Passed, S-MSG-10 Passed, S-NET-02 Passed",
            string.Join(", ", results.Select(result => $"{result.Id} {result.Outcome}")));
        Assert.AreEqual((0, 0), (host.Prepared, host.Others.Sum(other => other.StartCount)));
        Assert.AreEqual(1 + ids.Length, host.StartCount); // one to find out what it does
    }

    /// <summary>A server that is said to be restless.</summary>
    private sealed class RestlessHost(IServerHost host) : IServerHost
    {
        public List<IServerHost> Others { get; } = [];

        public int Prepared { get; private set; }

        public int StartCount => host.StartCount;

        public bool CanRenew => host.CanRenew;

        public bool StartsQuickly => host.StartsQuickly;

        public bool IsRestless => true;

        public bool HasEnded => host.HasEnded;

        public void Renew() => host.Renew();

        public void EnsureStarted() => host.EnsureStarted();

        public void PrepareNext(bool onlyIfSlow = false) => Prepared++;

        public IServerHost OpenAnother()
        {
            IServerHost other = host.OpenAnother();
            Others.Add(other);
            return other;
        }

        public Socket Connect(int? receiveBuffer = null) => host.Connect(receiveBuffer);

        public ProgramEnd? Ending(TimeSpan limit) => host.Ending(limit);

        public void Dispose() => host.Dispose();
    }
}
