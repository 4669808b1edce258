using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Tests.Doubles;

namespace ThreadedChat.ChatServer.Tests;

[TestClass]
[DoNotParallelize] // captures what is written on the console
public sealed class AccountOptionsTests
{
    [TestMethod]
    public void Each_option_sets_its_value()
    {
        ServerOptions? options = null;

        CommandLine.Run(
            ["1", "--accounts", "a", "--members-only", "--bans", "b", "--control", "c", "--audit", "d", "--log-addresses", "Prefix"],
            read =>
            {
                options = read;
                return 0;
            });

        Assert.AreEqual(
            new ServerOptions { Port = 1, Accounts = "a", MembersOnly = true, Bans = "b", Control = "c", Audit = "d", LogAddresses = AddressDetail.Prefix },
            options);
    }

    [TestMethod]
    [DataRow("--members-only needs --accounts.", "--members-only")]
    [DataRow("--members-only needs --accounts.", "--members-only", "--control", "c")]
    [DataRow("--audit needs --accounts or --control", "--audit", "d")]
    [DataRow("--log-addresses must be one of none, prefix, full, not '1'.", "--log-addresses", "1")]
    [DataRow("--accounts needs a value.", "--accounts")]
    public void An_error_is_one_line(string error, params string[] args)
    {
        (int code, _, string told) = ConsoleCapture.Run(() => CommandLine.Run(["1", .. args], _ => 7));

        Assert.AreEqual(2, code);
        Assert.StartsWith(error, told);
    }
}
