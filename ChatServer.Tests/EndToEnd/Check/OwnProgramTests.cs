using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Check;

/// <summary>The checker as it is used, on the programs of this project: they pass every case, those that do not count too.</summary>
[TestClass]
public sealed class OwnProgramTests : ProgramTests
{
    // The whole of the server is a step of .ci/run: with a server started anew for each case it takes most of a minute.
    [TestMethod]
    [DataRow("server --only S-NAME S-LIST S-LEFT -- ./run.sh server {port}")]
    [DataRow("client -- ./run.sh client {name} {host} {port}")]
    [DataRow("basic-server -- ./run.sh basic-server {port}")]
    [DataRow("basic-client -- ./run.sh basic-client {host} {port}")]
    public void Our_programs_pass_every_case(string words)
    {
        using ChatProcess check = RunScript.Start(["check", .. words.Split(' ')]);

        int code = check.AwaitExit(Limit.Build);

        string report = check.Output.AwaitEnd();
        Assert.DoesNotContain("✗", report);
        Assert.DoesNotContain("≠", report);
        Assert.DoesNotContain("–", report);
        Assert.AreEqual(0, code, report + check.Error.AwaitEnd());
    }

    [TestMethod]
    public void A_server_that_runs_already_is_checked_as_well_and_twice()
    {
        using var server = new TestServer();

        for (int run = 0; run < 2; run++)
        {
            using ChatProcess check = RunScript.Start("check", "server", "localhost", RunScript.Text(server.Port), "--only", "S-LIST", "S-JOIN");
            int code = check.AwaitExit(Limit.Build);

            string report = check.Output.AwaitEnd();
            Assert.AreEqual(0, code, report);
            Assert.Contains("– S-LIST-01", report);
        }
    }
}
