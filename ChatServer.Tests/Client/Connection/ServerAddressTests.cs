using ThreadedChat.ChatClient;
using ThreadedChat.ChatClient.Connection;

namespace ThreadedChat.ChatServer.Tests.Client.Connection;

[TestClass]
public sealed class ServerAddressTests
{
    private const string Usage = "Usage: client NAME HOST PORT (--help shows all options)\n";

    [TestMethod]
    [DataRow("localhost:5000", "localhost:5000")]
    [DataRow("a:1,b:65535", "a:1 b:65535")]
    [DataRow("a:1, b:2 ,127.0.0.1:3", "a:1 b:2 127.0.0.1:3")]
    [DataRow("[::1]:5000,[fe80::1%eth0]:2", "::1:5000 fe80::1%eth0:2")]
    public void A_list_of_servers_takes_the_place_of_HOST_and_PORT(string list, string servers)
    {
        ClientOptions options = Run("Ana", list);

        Assert.AreEqual(servers, string.Join(' ', options.Servers));
    }

    [TestMethod]
    [DataRow("a,b")]
    [DataRow("a:1,b")]
    [DataRow("a:1,")]
    [DataRow(",a:1")]
    [DataRow("a:1,b:0")]
    [DataRow("a:1,b:65536")]
    [DataRow("a:1,b:+2")]
    [DataRow("a:1,:2")]
    [DataRow("a:1,::1:2")]
    [DataRow("a:1,[]:2")]
    [DataRow("a:1,[::1:2")]
    public void A_list_with_a_wrong_server_is_rejected_in_one_line(string list)
    {
        string text = Wrong("Ana", list);

        Assert.StartsWith("HOST must be a host, or a list of HOST:PORT with ports from 1 to 65535 and commas between; '", text);
        Assert.EndsWith(Usage, text);
        Assert.AreEqual(1, text.Count(character => character == '\n'));
    }

    [TestMethod]
    public void A_port_behind_a_list_is_rejected() =>
        Assert.AreEqual(
            $"PORT must not be given where HOST is a list: each server has its own port there. {Usage}", Wrong("Ana", "a:1,b:2", "3"));

    [TestMethod]
    [DataRow("localhost")]
    [DataRow("::1")]
    [DataRow("a:99999")]
    public void A_host_without_a_port_needs_PORT(string host) =>
        Assert.AreEqual($"PORT is missing, and the configuration file does not have it. {Usage}", Wrong("Ana", host));

    [TestMethod]
    public void A_host_with_PORT_is_taken_as_it_is() => Assert.AreEqual("::1:5000", string.Join(' ', Run("Ana", "::1", "5000").Servers));

    [TestMethod]
    public void The_servers_are_tried_in_turn_and_the_one_that_was_lost_comes_last()
    {
        var rotation = new ServerRotation([new("a", 1), new("b", 2), new("c", 3)]);

        Assert.AreEqual("a", rotation.Current.Host, "Before the first attempt.");
        Assert.AreSequenceEqual(["a", "b", "c", "a"], Enumerable.Range(0, 4).Select(_ => rotation.Next().Host));
        Assert.AreEqual("a", rotation.Current.Host);
    }

    private static ClientOptions Run(params string[] args) => Assert.IsInstanceOfType<Request.Run>(ClientCommandLine.Parse(args)).Options;

    private static string Wrong(params string[] args) => Assert.IsInstanceOfType<Request.Wrong>(ClientCommandLine.Parse(args)).Text;
}
