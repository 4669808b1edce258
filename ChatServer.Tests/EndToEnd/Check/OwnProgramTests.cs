using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Check;

/// <summary>The checker as it is used, on the programs of this project. All cases: ServerProtocolTests, ClientProtocolTests, BasicProtocolTests.</summary>
[TestClass]
public sealed class OwnProgramTests : ProgramTests
{
    [TestMethod]
    [DataRow("server --only S-NAME-01 S-LEFT-04 -- ./run.sh server {port}")]
    [DataRow("client --only C-SEND-01 C-SHOW-13 C-END-10 -- ./run.sh client {name} {host} {port}")]
    [DataRow("basic-server --only BS-01 BS-07 -- ./run.sh basic-server {port}")]
    [DataRow("basic-client --only BC-01 BC-06 -- ./run.sh basic-client {host} {port}")]
    public void Our_programs_pass(string words)
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
    public void A_running_server_can_be_checked_twice()
    {
        using var server = new TestServer();

        for (int run = 0; run < 2; run++)
        {
            using ChatProcess check = RunScript.Start("check", "server", "localhost", RunScript.Text(server.Port), "--only", "S-LIST-01", "S-JOIN-01");
            int code = check.AwaitExit(Limit.Build);

            string report = check.Output.AwaitEnd();
            Assert.AreEqual(0, code, report);
            Assert.Contains("– S-LIST-01", report);
        }
    }
}
