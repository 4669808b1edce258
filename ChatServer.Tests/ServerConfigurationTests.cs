using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests;

[TestClass]
[DoNotParallelize] // captures what is written on the console
public sealed class ServerConfigurationTests : IDisposable
{
    private readonly GuardFolder _folder = new();

    private string File => _folder.PathOf("config");

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void The_file_has_the_options_by_their_names_and_the_port()
    {
        ServerOptions options = Start("""
            # the server of the class
            port = 55555
            accounts = "a"
            members-only = true
            extended = false
            max-connections = 300
            frame-timeout = 6.5
            memory = "64M"
            log-addresses = "prefix"
            trusted = ["192.0.2.0/24", "2001:db8::/32"]
            channel = ["hall", "lab"]
            """);

        Assert.AreEqual((55_555, "a", true, false, 300), (options.Port, options.Accounts, options.MembersOnly, options.Extended, options.MaxConnections));
        Assert.AreEqual((TimeSpan.FromSeconds(6.5), 64L * 1024 * 1024, AddressDetail.Prefix), (options.FrameTimeout, options.MemoryBytes, options.LogAddresses));
        Assert.AreSequenceEqual(["192.0.2.0/24", "2001:db8::/32"], options.Trusted.Select(network => network.ToString()));
        Assert.AreSequenceEqual(["hall", "lab"], options.Channels);
    }

    [TestMethod]
    public void The_command_line_wins()
    {
        ServerOptions options = Start(
            "port = 55555\nmax-connections = 300\nchannel = ['hall']\nlog-level = 'debug'\n",
            "1", "--max-connections", "7", "--channel=lab");

        Assert.AreEqual((1, 7), (options.Port, options.MaxConnections));
        Assert.AreSequenceEqual(["lab"], options.Channels);
        Assert.AreEqual(Microsoft.Extensions.Logging.LogLevel.Debug, options.LogLevel);
    }

    [TestMethod]
    [DataRow("x = ", "1: ")]
    [DataRow("\n\nsing = true", "3: sing: there is no such option.")]
    [DataRow("config = 'other'", "1: config: there is no such option.")]
    [DataRow("basic = true", "1: basic: there is no such option.")]
    [DataRow("extended = 'yes'", "1: extended: must be true or false.")]
    [DataRow("accounts = true", "1: accounts: must be a number or a text that is not empty.")]
    [DataRow("accounts = ['a', 'b']", "1: accounts: must be one value, not a list.")]
    [DataRow("extended = true\nmax-connections = 0", "2: max-connections: --max-connections must be a number from 1 to 1000000, not '0'.")]
    [DataRow("max-connections = 1.5", "1: max-connections: --max-connections must be a number from 1 to 1000000, not '1.5'.")]
    [DataRow("trusted = ['192.0.2.0/24', 'x']", "1: trusted: --trusted must be a network")]
    [DataRow("log-addresses = 'some'", "1: log-addresses: --log-addresses must be one of none, prefix, full, not 'some'.")]
    [DataRow("port = 70000", "1: port: PORT must be a number from 0 to 65535, not '70000'.")]
    [DataRow("[server]\nport = 1", "1: server: the file has no sections, only key = value.")]
    public void An_error_in_the_file_is_one_line_with_its_number_and_nothing_starts(string text, string error)
    {
        System.IO.File.WriteAllText(File, text);

        (int code, string output, string told) = ConsoleCapture.Run(() => CommandLine.Run(["1", "--config", File], _ => 7));

        Assert.AreEqual((2, ""), (code, output));
        Assert.StartsWith($"{File}:{error}", told);
        Assert.HasCount(1, told.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [TestMethod]
    public void A_file_that_is_not_there_is_an_error()
    {
        (int code, _, string told) = ConsoleCapture.Run(() => CommandLine.Run(["1", "--config", File], _ => 7));

        Assert.AreEqual((2, $"{File}: there is no such file.\n"), (code, told));
    }

    [TestMethod]
    public void Rules_between_options_apply_to_the_file_too()
    {
        System.IO.File.WriteAllText(File, "members-only = true\n");

        (int code, _, string told) = ConsoleCapture.Run(() => CommandLine.Run(["1", "--config", File], _ => 7));

        Assert.AreEqual(2, code);
        Assert.StartsWith("--members-only needs --accounts.", told);
    }

    [TestMethod]
    [DataRow("", "nothing has changed")]
    [DataRow("members-only = true\n", "--members-only changed")]
    [DataRow("max-connections = 9\nlog-addresses = 'none'\n", "--log-addresses changed; --max-connections needs a restart")]
    [DataRow("max-connections = 9\nunique-names = true\n", "--max-connections, --unique-names needs a restart")]
    public void The_result_of_a_second_reading_names_the_changes_and_what_needs_a_restart(string more, string what)
    {
        const string Before = "accounts = 'a'\n";
        ServerOptions options = Start(Before, "1");
        System.IO.File.WriteAllText(File, Before + more);
        ServerOptions? applied = null;

        Assert.AreEqual($"the configuration was read again: {what}", options.Configuration!.Reread(read => applied = read));

        Assert.AreEqual(more.Contains("members", StringComparison.Ordinal), applied!.MembersOnly);
    }

    [TestMethod]
    public void Options_that_need_a_restart_are_named_each_time_and_changed_options_once()
    {
        ServerOptions options = Start("accounts = 'a'\n", "1");
        System.IO.File.WriteAllText(File, "accounts = 'b'\nmembers-only = true\n");

        Assert.AreEqual("the configuration was read again: --members-only changed; --accounts needs a restart", options.Configuration!.Reread(_ => { }));
        Assert.AreEqual("the configuration was read again: --accounts needs a restart", options.Configuration.Reread(_ => { }));
    }

    [TestMethod]
    [DataRow("accounts = 'a'\nsing = 1\n", ":2: sing: there is no such option.")]
    [DataRow("members-only = true\n", "--members-only needs --accounts.")]
    public void A_file_that_is_wrong_when_it_is_read_again_changes_nothing(string text, string error)
    {
        ServerOptions options = Start("accounts = 'a'\n", "1");
        System.IO.File.WriteAllText(File, text);

        string told = options.Configuration!.Reread(_ => Assert.Fail("Nothing may be applied."));

        Assert.StartsWith("the configuration is wrong, so nothing of it changes: ", told);
        Assert.EndsWith(error, told);
    }

    private ServerOptions Start(string text, params string[] args)
    {
        System.IO.File.WriteAllText(File, text);
        ServerOptions? options = null;
        (int code, _, string error) = ConsoleCapture.Run(() => CommandLine.Run([.. args, "--config", File], read =>
        {
            options = read;
            return 7;
        }));
        Assert.AreEqual((7, ""), (code, error));
        return options!;
    }
}
