using ThreadedChat.ChatServer.Machine;

namespace ThreadedChat.ChatServer.Tests.Machine;

[TestClass]
public sealed class ListenAddressTests
{
    [TestMethod]
    [DataRow("127.0.0.1:55555")]
    [DataRow("0.0.0.0:0")]
    [DataRow("[::1]:55555")]
    [DataRow("[::]:65535")]
    [DataRow("[2001:db8::1]:1")]
    [DataRow("unix:/run/chat.sock")]
    [DataRow("unix:relative")]
    public void An_address_is_read_and_shown_as_it_is_written(string text) =>
        Assert.AreEqual(text, ListenAddress.Parse(text)?.ToString());

    [TestMethod]
    [DataRow("")]
    [DataRow("55555")]
    [DataRow(":55555")]
    [DataRow("127.0.0.1")]
    [DataRow("127.0.0.1:")]
    [DataRow("127.0.0.1:65536")]
    [DataRow("127.0.0.1:-1")]
    [DataRow("127.0.0.1: 1")]
    [DataRow("127.1:1", DisplayName = "a short form")]
    [DataRow("1:1", DisplayName = "a number")]
    [DataRow("::1:55555", DisplayName = "IPv6 without brackets")]
    [DataRow("[127.0.0.1]:55555", DisplayName = "IPv4 in brackets")]
    [DataRow("[::1]", DisplayName = "no port")]
    [DataRow("localhost:55555", DisplayName = "a name")]
    [DataRow("unix:")]
    [DataRow("unix:a\0b")]
    public void Anything_else_is_no_address(string text) => Assert.IsNull(ListenAddress.Parse(text));

    [TestMethod]
    [DataRow(null, null, 0)]
    [DataRow("1", null, 0, DisplayName = "no process is named")]
    [DataRow("1", "4711", 0, DisplayName = "another process is meant")]
    [DataRow("1", "42", 1)]
    [DataRow("0", "42", 0)]
    [DataRow("64", "42", 64)]
    public void Inherited_sockets_are_those_for_this_process(string? count, string? process, int expected) =>
        Assert.AreEqual(expected, Count(count, process));

    [TestMethod]
    [DataRow("65")]
    [DataRow("-1")]
    [DataRow("two")]
    [DataRow("")]
    public void A_wrong_number_of_inherited_sockets_is_an_error(string count) =>
        Assert.ThrowsExactly<IOException>(() => Count(count, "42"));

    private static int Count(string? count, string? process) =>
        InheritedSockets.Count(name => name == "LISTEN_FDS" ? count : name == "LISTEN_PID" ? process : null, 42);
}
