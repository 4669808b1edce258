using ThreadedChat.ChatServer.Tests.Doubles;

namespace ThreadedChat.ChatServer.Tests;

[TestClass]
[DoNotParallelize] // catches what is written on the console
public sealed class HttpOptionsTests
{
    [TestMethod]
    [DataRow("9464", "127.0.0.1:9464")]
    [DataRow(":9464", "127.0.0.1:9464")]
    [DataRow("localhost:0", "127.0.0.1:0")]
    [DataRow("127.0.0.1:9464", "127.0.0.1:9464")]
    [DataRow("0.0.0.0:65535", "0.0.0.0:65535")]
    [DataRow("[::1]:9464", "[::1]:9464")]
    public void Http_is_an_address_and_a_port_and_without_an_address_it_is_this_machine(string text, string expected)
    {
        ServerOptions? seen = null;
        ConsoleCapture.Run(() => CommandLine.Run(["1", "--http", text], options =>
        {
            seen = options;
            return 0;
        }));

        Assert.AreEqual(expected, seen?.Http?.ToString());
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("x")]
    [DataRow("65536")]
    [DataRow("-1")]
    [DataRow("127.0.0.1")]
    [DataRow("127.0.0.1:")]
    [DataRow("127.1:9464", DisplayName = "a short form that few people know")]
    [DataRow("::1:9464", DisplayName = "IPv6 without brackets")]
    [DataRow("[::1]")]
    [DataRow("[127.0.0.1]:9464")]
    [DataRow("chat.example:9464")]
    [DataRow("http://localhost:9464/")]
    public void Anything_else_is_one_clear_line(string text)
    {
        (int code, string output, string error) = ConsoleCapture.Run(() => CommandLine.Run(["1", "--http", text], _ => 0));

        Assert.AreEqual(2, code);
        Assert.AreEqual("", output);
        Assert.StartsWith("--http must be a port, or an address and a port", error);
        Assert.HasCount(1, error.TrimEnd().Split('\n'));
    }
}
