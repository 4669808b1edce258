using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

[TestClass]
public sealed class ClusterDemoTests : ProgramTests
{
    [TestMethod]
    public void The_demo_of_several_servers_loses_a_node_and_a_server_and_nothing_else()
    {
        Needs.Program("nats-server");
        using ChatProcess demo = RunScript.Start("cluster-demo");

        Assert.AreEqual(0, demo.AwaitExit(Limit.Load + Limit.Load), demo.Error.All);
        Assert.EndsWith("Nothing was lost, nothing came twice, and everything came in order.\n", demo.Output.AwaitEnd());
    }
}
