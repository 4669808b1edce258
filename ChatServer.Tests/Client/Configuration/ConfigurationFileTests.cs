using ThreadedChat.ChatClient;
using ThreadedChat.ChatClient.Configuration;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common.Configuration;

namespace ThreadedChat.ChatServer.Tests.Client.Configuration;

[TestClass]
public sealed class ConfigurationFileTests
{
    private const string All = """
        # My settings
        name = "Panda"
        host = "chat.example"
        port = 55555
        theme = "light"
        timestamps = true
        time-format = '%T'
        bell = "off"
        notify = "osc99"
        highlight = ["exam", "lab 2"]
        ignore = "Bob"
        log = "/tmp/chat.log"
        reconnect = true
        plain = false
        """;

    private static readonly ClientOptions Expected = new()
    {
        Name = "Panda",
        Host = "chat.example",
        Port = 55555,
        IsBasic = false,
        Theme = ThemeChoice.Light,
        ShowsTime = true,
        TimeFormat = TimeFormat.TryParse("%T")!,
        Bell = BellRule.Off,
        Notify = NotifyRule.Osc99,
        LogFile = "/tmp/chat.log",
        Reconnects = true,
    };

    [TestMethod]
    public void The_file_alone_is_enough()
    {
        ClientOptions options = Options(All);

        Assert.AreSequenceEqual(["exam", "lab 2"], options.Highlight);
        Assert.AreSequenceEqual(["Bob"], options.Ignore);
        Assert.AreEqual(Expected, WithoutLists(options));
    }

    [TestMethod]
    public void The_command_line_wins()
    {
        ClientOptions options = Options(
            All, "--no-timestamps", "--theme=dark", "--highlight", "midterm", "--bell:all", "--no-reconnect", "Anna", "localhost", "1");

        Assert.AreEqual(("Anna", "localhost", 1), (options.Name, options.Host, options.Port));
        Assert.AreEqual((ThemeChoice.Dark, BellRule.All, false), (options.Theme, options.Bell, options.Reconnects));
        Assert.AreSequenceEqual(["midterm"], options.Highlight);
        Assert.IsTrue(options.ShowsTime, "The format still asks for the time.");
    }

    [TestMethod]
    public void A_name_alone_may_be_given_and_no_config_ignores_the_file()
    {
        Assert.AreEqual(("Anna", "chat.example", 55555), (Options(All, "Anna").Name, Options(All, "Anna").Host, Options(All, "Anna").Port));
        Assert.AreEqual(ThemeChoice.Auto, Options(All, "--no-config", "Anna", "localhost", "1").Theme);
        Assert.AreEqual("-x", Options("name = '-x'\nhost = '::1'\nport = 1").Name);
    }

    [TestMethod]
    [DataRow("", "NAME is missing, and the configuration file does not have it. Usage: client NAME HOST PORT (--help shows all options)\n")]
    [DataRow("name = 'Panda'", "HOST is missing, and the configuration file does not have it. Usage: client NAME HOST PORT (--help shows all options)\n")]
    [DataRow("name = 'Panda'\nhost = 'h'", "PORT is missing, and the configuration file does not have it. Usage: client NAME HOST PORT (--help shows all options)\n")]
    [DataRow("\nthem = 'dark'", "/c:2: them: there is no such option.\n")]
    [DataRow("theme = 'pink'", "/c:1: theme: --theme must be one of auto, dark, light, none, not 'pink'.\n")]
    [DataRow("# a\n\nport = 70000", "/c:3: port: PORT must be a number from 1 to 65535, not '70000'.\n")]
    [DataRow("port = 'x'", "/c:1: port: PORT must be a number from 1 to 65535, not 'x'.\n")]
    [DataRow("host = ''", "/c:1: host: HOST must not be empty.\n")]
    [DataRow("name = ['a', 'b']", "/c:1: name: must be one text or number.\n")]
    [DataRow("timestamps = 'yes'", "/c:1: timestamps: must be true or false.\n")]
    [DataRow("backlog = 500", "/c:1: backlog: --backlog must be a number from 0 to 200, not '500'.\n")]
    [DataRow("backlog = true", "/c:1: backlog: must be a text that is not empty.\n")]
    [DataRow("theme = true", "/c:1: theme: must be a text that is not empty.\n")]
    [DataRow("log = ''", "/c:1: log: must be a text that is not empty.\n")]
    [DataRow("theme = ['dark', 'light']", "/c:1: theme: must be one text, not a list.\n")]
    [DataRow("time-format = '%Q'", "/c:1: time-format: --time-format takes up to 64 characters with %H %I %M %S %p %Y %y %m %d %b %a %A %z %T %R %F %%, not '%Q'.\n")]
    [DataRow("port = 1.5", "/c:1: port must be a text, a whole number, true or false, or a list of texts.\n")]
    [DataRow("theme = { a = 1 }", "/c:1: theme must be a text, a whole number, true or false, or a list of texts.\n")]
    [DataRow("a = 1\n[server]\nport = 1", "/c:2: server: the file has no sections, only key = value.\n")]
    [DataRow("basic = true", "/c:1: basic: there is no such option.\n")]
    public void An_error_names_file_line_and_key_in_one_line(string text, string error)
    {
        Assert.AreEqual(error, Assert.IsInstanceOfType<Request.Wrong>(Parse(text)).Text);
    }

    [TestMethod]
    [DataRow("theme = \"dark")]
    [DataRow("theme")]
    [DataRow("name = 'a'\nname = 'b'")]
    [DataRow("= 1")]
    [DataRow("name = Panda")]
    public void A_syntax_error_is_one_line_with_the_file_and_the_line_number(string text)
    {
        string error = Assert.IsInstanceOfType<Request.Wrong>(Parse(text)).Text;

        Assert.MatchesRegex(@"^/c:[12]: [^\n]+\n$", error);
    }

    [TestMethod]
    public void Help_version_and_part_0_need_no_file()
    {
        static ConfigurationFile Fail() => throw new InvalidOperationException("The file was read.");

        Assert.IsInstanceOfType<Request.Answer>(ClientCommandLine.Parse(["--help"], Fail));
        Assert.IsInstanceOfType<Request.Answer>(ClientCommandLine.Parse(["--version"], Fail));
        Assert.IsInstanceOfType<Request.Run>(ClientCommandLine.Parse(["--basic", "localhost", "1"], Fail));
        Assert.IsInstanceOfType<Request.Run>(ClientCommandLine.Parse(["--no-config", "Panda", "localhost", "1"], Fail));
    }

    [TestMethod]
    [DataRow("XDG_CONFIG_HOME=/x,HOME=/home/p", false, "/x/threadedchat/config")]
    [DataRow("HOME=/home/p", false, "/home/p/.config/threadedchat/config")]
    [DataRow("XDG_CONFIG_HOME=,HOME=/home/p", false, "/home/p/.config/threadedchat/config")]
    [DataRow("XDG_CONFIG_HOME=relative,HOME=/home/p", false, null)]
    [DataRow("", false, null)]
    [DataRow("APPDATA=/roaming,HOME=/home/p", true, "/roaming/threadedchat/config")]
    [DataRow("HOME=/home/p", true, null)]
    public void The_file_is_where_the_system_keeps_such_files(string variables, bool isWindows, string? path)
    {
        var values = variables.Split(',', StringSplitOptions.RemoveEmptyEntries).ToDictionary(pair => pair.Split('=')[0], pair => pair.Split('=')[1]);

        Assert.AreEqual(path, ConfigurationPath.Find(name => values.GetValueOrDefault(name), isWindows));
    }

    [TestMethod]
    public void A_file_that_is_missing_sets_nothing_and_one_that_cannot_be_read_is_an_error()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("threadedchat-");
        try
        {
            string file = Path.Combine(folder.FullName, "config");
            Assert.IsNull(ConfigurationFile.Read(file).Error);
            Assert.IsNull(ConfigurationFile.Read(Path.Combine(file, "config")).Error);
            Assert.IsNull(ConfigurationFile.Read(null).Error);
            Assert.StartsWith($"{folder.FullName} cannot be read: ", ConfigurationFile.Read(folder.FullName).Error!);

            File.WriteAllBytes(file, [0xFF, 0xFE, 0x00]);
            Assert.AreEqual($"{file} is not text in UTF-8.", ConfigurationFile.Read(file).Error);
            File.WriteAllText(file, $"#{new string('x', ConfigurationFile.MaxBytes)}");
            Assert.AreEqual($"{file} is larger than {ConfigurationFile.MaxBytes} bytes.", ConfigurationFile.Read(file).Error);
            File.WriteAllText(file, "\uFEFFport = 7\r\n");
            Assert.AreEqual("7", ConfigurationFile.Read(file).Settings.Single().Values.Single());
        }
        finally
        {
            folder.Remove();
        }
    }

    private static ClientOptions WithoutLists(ClientOptions options) => options with { Highlight = Expected.Highlight, Ignore = Expected.Ignore };

    private static ClientOptions Options(string text, params string[] args) => Assert.IsInstanceOfType<Request.Run>(Parse(text, args)).Options;

    private static Request Parse(string text, params string[] args) => ClientCommandLine.Parse(args, () => ConfigurationFile.Parse("/c", text));
}
