using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.History;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Doubles;

namespace ThreadedChat.ChatServer.Tests;

[TestClass]
[DoNotParallelize] // catches what is written on the console
public sealed class CommandLineTests
{
    private const int WrongArguments = 2;
    private const int ProgramWasRun = 7;

    [TestMethod]
    public void With_a_port_alone_each_setting_has_its_default()
    {
        var expected = new ServerOptions
        {
            Port = 55_555,
            Basic = false,
            LogLevel = LogLevel.Information,
            LogFormat = LogFormat.Simple,
            Trace = false,
            TraceFile = null,
            UniqueNames = false,
            MaxConnections = 10_000,
            MaxPerAddress = 0,
            MaxChannels = 10_000,
            NameTimeout = TimeSpan.FromSeconds(10),
            FrameTimeout = TimeSpan.FromSeconds(10),
            DrainTimeout = TimeSpan.FromSeconds(2),
            SendLimits = new SendLimits(256 * 1024, 1024 * 1024, TimeSpan.FromSeconds(1)),
            SendBufferBytes = 64 * 1024,
            KeepAliveSeconds = 60,
            UserTimeout = TimeSpan.FromSeconds(20),
        };

        Assert.AreEqual(expected, Parse("55555"));
    }

    [TestMethod]
    public void Each_option_sets_its_value()
    {
        var expected = new ServerOptions
        {
            Port = 1,
            LogLevel = LogLevel.Warning,
            LogFormat = LogFormat.Json,
            UniqueNames = true,
            StrictNames = true,
            Extended = true,
            History = new HistorySettings("chat.db", 15, 16, 17 * 1024 * 1024),
            MaxConnections = 2,
            MaxPerAddress = 3,
            MaxChannels = 4,
            ReservedPlaces = 0,
            AddressRate = 14,
            AddressBurst = 15,
            MayCreate = true,
            ChannelTtl = TimeSpan.FromSeconds(1.5),
            NameTimeout = TimeSpan.FromSeconds(5),
            FrameTimeout = TimeSpan.FromSeconds(6.5),
            DrainTimeout = TimeSpan.FromSeconds(0.7),
            SendLimits = new SendLimits(8_000, 9_000, TimeSpan.FromSeconds(10)) { SenderRate = 0, SenderBurst = 3 * 1024 },
            MemoryBytes = 2L * 1024 * 1024 * 1024,
            SendBufferBytes = 11_000,
            KeepAliveSeconds = 12,
            UserTimeout = TimeSpan.FromSeconds(1.3),
        };

        Assert.AreEqual(expected, Parse(
            "1", "--log-level", "warning", "--log-format", "JSON", "--unique-names", "--max-connections", "2",
            "--max-per-address", "3", "--max-channels", "4", "--name-timeout", "5", "--frame-timeout", "6.5",
            "--goodbye-timeout", "0.7", "--soft-limit", "8000", "--hard-limit", "9000", "--slow-timeout", "10",
            "--send-buffer", "11000", "--keepalive", "12", "--user-timeout", "1.3", "--strict-names", "--extended",
            "--history", "chat.db", "--history-days", "15", "--history-messages", "16", "--history-size", "17M",
            "--reserved-places", "0", "--address-rate", "14", "--address-burst", "15", "--channel-ttl", "1.5",
            "--sender-rate", "0", "--sender-burst", "3k", "--memory", "2G"));
    }

    [TestMethod]
    [DataRow("1048576", 1_048_576L)]
    [DataRow("1M", 1_048_576L)]
    [DataRow("3g", 3_221_225_472L)]
    [DataRow("1024G", 1_099_511_627_776L)]
    public void A_size_is_bytes_or_has_a_unit(string text, long bytes) => Assert.AreEqual(bytes, Parse("1", "--memory", text).MemoryBytes);

    [TestMethod]
    [DataRow("1048575")]
    [DataRow("1025G")]
    [DataRow("99999999999999999999")]
    [DataRow("9999999999G")]
    [DataRow("G")]
    [DataRow("-1M")]
    [DataRow("1.5M")]
    [DataRow("1MB")]
    public void A_wrong_size_is_rejected(string text) =>
        Assert.Contains("--memory must be a size from 1M to 1024G", Reject("1", "--memory", text));

    [TestMethod]
    public void A_size_that_is_empty_is_a_missing_value() =>
        Assert.Contains("--memory needs a value", Reject("1", "--memory", ""));

    [TestMethod]
    public void The_basic_server_takes_only_a_port()
    {
        Assert.AreEqual(new ServerOptions { Port = 1, Basic = true }, Parse("--basic", "1"));
        Assert.Contains("--max-channels", Reject("--basic", "1", "--max-channels", "1"));
        Assert.Contains("'basic-server'", Reject("--basic"));
    }

    [TestMethod]
    public void The_basic_server_has_a_help_of_its_own()
    {
        (int exitCode, string output, string error) = ConsoleCapture.Run(
            () => CommandLine.Run(["--basic", "--help"], _ => ProgramWasRun));

        Assert.AreEqual(0, exitCode);
        Assert.AreEqual("", error);
        Assert.Contains("basic-server <PORT>", output);
        Assert.DoesNotContain("--max-channels", output);
    }

    [TestMethod]
    public void Channels_and_networks_may_be_given_more_than_once()
    {
        ServerOptions options = Parse(
            "--trusted", "192.0.2.0/24", "1", "--channel", "tea", "--trusted", "2001:db8::5", "--channel", "café", "--no-create", "--trusted", "10.1.2.3/8");

        Assert.AreEqual(1, options.Port);
        Assert.AreSequenceEqual(["tea", "café"], options.Channels);
        Assert.IsFalse(options.MayCreate);
        Assert.AreEqual("192.0.2.0/24 2001:db8::5/128 10.0.0.0/8", string.Join(' ', options.Trusted));
    }

    [TestMethod]
    [DataRow("--trusted", "192.0.2.0/33")]
    [DataRow("--trusted", "localhost")]
    [DataRow("--trusted", "1.2.3.4/8/9")]
    [DataRow("--trusted", "1.2.3.4/-1")]
    [DataRow("--channel", "two words")]
    [DataRow("--channel", "[Bob]\u00a0hi")]
    [DataRow("--channel", "\u001b[31m")]
    [DataRow("--channel", "")]
    [DataRow("--channel-ttl", "0")]
    [DataRow("--reserved-places", "1.5")]
    [DataRow("--no-create")]
    [DataRow("--max-channels", "1", "--channel", "a", "--channel", "b")]
    public void Wrong_channels_and_networks_are_rejected(params string[] args)
    {
        Assert.Contains(args[0], Reject(["1", .. args]));
    }

    [TestMethod]
    [DataRow("--history-days", "0")]
    [DataRow("--history-days", "36501")]
    [DataRow("--history-messages", "0")]
    [DataRow("--history-messages", "1.5")]
    [DataRow("--history-messages", "1000000001")]
    public void The_limits_of_the_history_have_a_range(string option, string value) =>
        Assert.StartsWith($"{option} must be a number from 1 to ", Reject("1", "--history", "chat.db", option, value));

    [TestMethod]
    [DataRow("--history-days")]
    [DataRow("--history-messages")]
    public void The_limits_of_the_history_need_a_history(string option) =>
        Assert.AreEqual($"{option} needs --history. (--help shows all options)", Reject("1", option, "5"));

    [TestMethod]
    public void A_trace_goes_to_standard_error_or_to_the_file_that_is_named()
    {
        var byDefault = new ServerOptions { Port = 1 };

        Assert.AreEqual(byDefault with { Trace = true }, Parse("1", "--trace"));
        Assert.AreEqual(byDefault with { Trace = true, TraceFile = "t" }, Parse("1", "--trace-file", "t"));
        Assert.AreEqual(byDefault with { Trace = true, TraceFile = "t" }, Parse("1", "--trace", "--trace-file", "t"));
        Assert.AreEqual(
            "Unrecognized command or argument '--trace'. (--help shows all options)", Reject("1", "--basic", "--trace"));
    }

    [TestMethod]
    [DataRow("--max-connections", "1", "1000000", "0", "1000001")]
    [DataRow("--max-per-address", "0", "1000000", "-1", "1000001")]
    [DataRow("--max-channels", "1", "1000000", "0", "1000001")]
    [DataRow("--name-timeout", "0.1", "3600", "0.09", "3600.1")]
    [DataRow("--frame-timeout", "0.1", "3600", "0.09", "3600.1")]
    [DataRow("--goodbye-timeout", "0.1", "3600", "0.09", "3600.1")]
    [DataRow("--slow-timeout", "0.1", "3600", "0.09", "3600.1")]
    [DataRow("--soft-limit", "1000", "100000000", "999", "100000001", "--hard-limit", "1000000000")]
    [DataRow("--hard-limit", "1000", "1000000000", "999", "1000000001", "--soft-limit", "1000")]
    [DataRow("--send-buffer", "4096", "16777216", "4095", "16777217")]
    [DataRow("--keepalive", "1", "32767", "0", "32768")]
    [DataRow("--user-timeout", "0.1", "3600", "0.09", "3600.1")]
    public void Each_number_has_its_range(string option, string least, string most, string below, string above, params string[] with)
    {
        Parse(["1", .. with, option, least]);
        Parse(["1", .. with, option, most]);

        foreach (string wrong in (string[])[below, above])
        {
            Assert.AreEqual(
                $"{option} must be a number from {least} to {most}, not '{wrong}'. (--help shows all options)",
                Reject(["1", .. with, $"{option}={wrong}"]));
        }
    }

    [TestMethod]
    [DataRow("0", 0)]
    [DataRow("1", 1)]
    [DataRow("65535", 65_535)]
    public void A_port_is_a_number_from_0_to_65535(string text, int port)
    {
        Assert.AreEqual(port, Parse(text).Port);
    }

    [TestMethod]
    [DataRow("65536")]
    [DataRow("99999999999999999999")]
    [DataRow("http")]
    [DataRow("80.5")]
    [DataRow("1e3")]
    [DataRow("+80")]
    [DataRow(" 80")]
    [DataRow("")]
    [DataRow("NaN")]
    [DataRow("Infinity")]
    public void A_wrong_port_is_rejected_and_the_error_names_the_range(string text)
    {
        Assert.AreEqual(
            $"PORT must be a number from 0 to 65535, not '{text}'. (--help shows all options)", Reject(text));
    }

    [TestMethod]
    [DataRow("--max-channels", "many")]
    [DataRow("--max-channels", "1.5")]
    [DataRow("--max-channels", "NaN")]
    [DataRow("--name-timeout", "soon")]
    [DataRow("--name-timeout", "1,5")]
    [DataRow("--name-timeout", "NaN")]
    [DataRow("--name-timeout", "Infinity")]
    public void A_wrong_number_is_rejected(string option, string text)
    {
        string error = Reject("1", option, text);

        Assert.StartsWith($"{option} must be a number from ", error);
        Assert.Contains($"not '{text}'.", error);
    }

    [TestMethod]
    [DataRow("--log-level", "loud", "trace, debug, information, warning, error, critical, none")]
    [DataRow("--log-level", "2", "trace, debug, information, warning, error, critical, none")]
    [DataRow("--log-level", "debug,trace", "trace, debug, information, warning, error, critical, none")]
    [DataRow("--log-format", "xml", "simple, json")]
    [DataRow("--log-format", "1", "simple, json")]
    public void A_wrong_word_is_rejected_and_the_error_lists_the_words(string option, string text, string words)
    {
        Assert.AreEqual(
            $"{option} must be one of {words}, not '{text}'. (--help shows all options)", Reject("1", option, text));
    }

    [TestMethod]
    public void The_hard_limit_must_not_be_below_the_soft_one()
    {
        Parse("1", "--soft-limit", "5000", "--hard-limit", "5000");

        Assert.AreEqual(
            "--hard-limit must not be below --soft-limit. (--help shows all options)",
            Reject("1", "--soft-limit", "5001", "--hard-limit", "5000"));
    }

    [TestMethod]
    [DataRow(DisplayName = "no port")]
    [DataRow("-1", DisplayName = "a port that looks like an option")]
    [DataRow("1", "2", DisplayName = "two ports")]
    [DataRow("1", "--nonsense", DisplayName = "an option there is not")]
    [DataRow("1", "--max-channels", DisplayName = "an option without its value")]
    [DataRow("1", "--max-channels", "1", "--max-channels", "2", DisplayName = "an option given twice")]
    [DataRow("@file", DisplayName = "a file of arguments")]
    public void Other_wrong_arguments_are_rejected_in_one_line(params string[] args)
    {
        Reject(args);
    }

    [TestMethod]
    public void Help_shows_every_option_and_runs_nothing()
    {
        (int exitCode, string output, string error) = ConsoleCapture.Run(
            () => CommandLine.Run(["--help"], _ => ProgramWasRun));

        Assert.AreEqual(0, exitCode);
        Assert.AreEqual("", error);
        foreach (string option in (string[])[
            "PORT", "--basic", "--log-level", "--log-format", "--trace", "--trace-file", "--unique-names", "--max-connections", "--max-per-address",
            "--max-channels", "--name-timeout", "--frame-timeout", "--goodbye-timeout", "--soft-limit", "--hard-limit",
            "--slow-timeout", "--send-buffer", "--keepalive", "--user-timeout"])
        {
            Assert.Contains(option, output);
        }
    }

    [TestMethod]
    public void The_exit_code_is_that_of_the_program()
    {
        Assert.AreEqual(ProgramWasRun, CommandLine.Run(["1"], _ => ProgramWasRun));
    }

    /// <summary>The options that the program was run with.</summary>
    private static ServerOptions Parse(params string[] args)
    {
        ServerOptions? options = null;
        (int exitCode, _, string error) = ConsoleCapture.Run(() => CommandLine.Run(args, given =>
        {
            options = given;
            return 0;
        }));

        Assert.AreEqual("", error);
        Assert.AreEqual(0, exitCode);
        Assert.IsNotNull(options);
        return options;
    }

    /// <summary>Asserts that the program is not run. Returns the one line with the reason.</summary>
    private static string Reject(params string[] args)
    {
        (int exitCode, string output, string error) = ConsoleCapture.Run(
            () => CommandLine.Run(args, _ => ProgramWasRun));

        Assert.AreEqual(WrongArguments, exitCode, error);
        Assert.AreEqual("", output);
        return Assert.ContainsSingle(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
