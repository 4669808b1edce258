using System.CommandLine;
using System.CommandLine.Help;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.Common;
using ThreadedChat.Common.Arguments;
using static ThreadedChat.ChatServer.OptionForms;
using static ThreadedChat.ChatServer.ServerExitCode;

namespace ThreadedChat.ChatServer;

/// <summary>The command line: every option with its range, checked in this one place.</summary>
internal static class CommandLine
{
    internal const string BasicOption = "--basic";

    private static readonly ServerOptions Defaults = new();

    internal static readonly ParserConfiguration Literal = new()
    {
        ResponseFileTokenReplacer = null,
        EnablePosixBundling = false,
    };

    /// <summary>The options in files of their own, by subject, in the order of <c>--help</c>.</summary>
    private static readonly OptionGroup[] Groups =
    [
        PolicyOptions.Group,
        ListenOptions.Group,
        ExtendedOptions.Group,
        HttpOptions.Group,
        AccountOptions.Group,
        ClusterOptions.Group,
    ];

    private static readonly Argument<int?> Port = new("PORT")
    {
        Description = "Port to listen on, on every interface (0: any free port; the log says which); may be omitted only with --listen",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = result => (int)InRange(result, "PORT", 0, 65_535),
    };

    private static readonly Argument<int> BasicPort = new("PORT")
    {
        Description = "Port to listen on, on every interface",
        CustomParser = result => (int)InRange(result, "PORT", 0, 65_535),
    };

    private static readonly Option<bool> Basic = Flag(
        BasicOption, "Takes only PORT: run the basic server of part 0, which prints what each client sends, one client after the other");

    private static readonly Option<bool> UniqueNames = Flag("--unique-names", "Reject a client whose name another client already has");

    private static readonly Option<int> MaxConnections = Number(
        "--max-connections", "Connected clients; the machine may allow fewer", Defaults.MaxConnections, 1, 1_000_000);

    private static readonly Option<int> MaxPerAddress = Number(
        "--max-per-address", "Connected clients from one address, 0 for no limit", Defaults.MaxPerAddress, 0, 1_000_000);

    private static readonly Option<int> MaxChannels = Number(
        "--max-channels", "Channels in total", Defaults.MaxChannels, 1, 1_000_000);

    private static readonly Option<double> NameTimeout = Seconds(
        "--name-timeout", "Time a client has to send its name", Defaults.NameTimeout);

    private static readonly Option<double> FrameTimeout = Seconds(
        "--frame-timeout", "Time a client has to complete a frame after its first byte", Defaults.FrameTimeout);

    private static readonly Option<double> DrainTimeout = Seconds(
        "--goodbye-timeout", "Drain timeout: time to send the queued frames when a connection or the server closes", Defaults.DrainTimeout);

    private static readonly Option<int> SoftLimit = Number(
        "--soft-limit", "Bytes queued for a client above which every client that sends to it waits",
        Defaults.SendLimits.SoftBytes, 1_000, 100_000_000);

    private static readonly Option<int> HardLimit = Number(
        "--hard-limit", "Bytes queued for a client above which the server disconnects it",
        Defaults.SendLimits.HardBytes, 1_000, 1_000_000_000);

    private static readonly Option<double> SlowTimeout = Seconds(
        "--slow-timeout", "Time that senders wait for a client that does not read, before the server disconnects it",
        Defaults.SendLimits.SlowTimeout);

    private static readonly Option<long> Memory = SizeOption.Create(
        "--memory", "Memory for all queued frames (default: a quarter of what the machine or its control group has)",
        byDefault: 0, min: 1024 * 1024);

    private static readonly Option<long> SenderRate = SizeOption.Create(
        "--sender-rate", "Bytes of deliveries per second that one client may cause while other clients send too, 0 for no limit",
        Defaults.SendLimits.SenderRate, min: 0);

    private static readonly Option<long> SenderBurst = SizeOption.Create(
        "--sender-burst", "Bytes of deliveries that one client may cause before that rate applies", Defaults.SendLimits.SenderBurst, min: 0);

    private static readonly Option<int> SendBuffer = Number(
        "--send-buffer", "Bytes that the kernel may hold for one client", Defaults.SendBufferBytes, 4_096, 16_777_216);

    private static readonly Option<int> KeepAlive = Number(
        "--keepalive", "Seconds of silence after which TCP asks whether a client is still reachable", Defaults.KeepAliveSeconds, 1, 32_767);

    private static readonly Option<double> UserTimeout = Seconds(
        "--user-timeout", "Time after which a client is lost if its machine acknowledges nothing", Defaults.UserTimeout);

    /// <summary>
    /// Runs <paramref name="program"/> with the options in <paramref name="args"/> and returns its exit code. If they are
    /// wrong, prints one line on standard error and returns 2.
    /// </summary>
    public static int Run(string[] args, Func<ServerOptions, int> program)
    {
        bool isBasic = args.TakeWhile(arg => arg != "--").Contains(BasicOption);
        string[] given = args;
        Command command = isBasic ? BasicServer(program)
            : Server(options => program(options with { Configuration = ServerConfiguration.Of(given, () => Reread(given)) }));
        if (isBasic)
        {
            int option = Array.IndexOf(args, BasicOption);
            args = [.. args[..option], .. args[(option + 1)..]];
        }

        // A width of its own: to ask the terminal for it changes the terminal.
        command.Options.Add(new HelpOption("--help", "-h") { Action = new HelpAction { MaxWidth = 100 } });
        command.Options.Add(new VersionOption());
        ILookup<bool, string> names = command.Options
            .SelectMany(option => option.Aliases.Prepend(option.Name), (option, name) => (Name: name, IsFlag: option.Arity.MaximumNumberOfValues == 0))
            .ToLookup(option => option.IsFlag, option => option.Name);
        var forms = new ArgumentForms([.. names[true]], [.. names[false]]);

        string[] typed = args;
        if (!isBasic && ServerConfiguration.TryMerge(command, Port, ref args) is string wrongFile)
        {
            Console.Error.WriteLine(ArgumentForms.OneLine(wrongFile));
            return WrongArguments;
        }

        // The parser drops a first argument that is the command's name.
        ParseResult parsed = command.Parse([command.Name, .. args], Literal);
        string? wrong = forms.FindWrong(typed) ?? (parsed.Errors is [var first, ..] ? first.Message : null);
        return wrong is null ? parsed.Invoke() : Reject(wrong);
    }

    // Both are called what run.sh calls them.
    internal static Command Server(Func<ServerOptions, int> program)
    {
        var command = new Command("server", $"The ThreadedChat server: channels over TCP, in frames of {Frame.Size} bytes, a thread for each client.")
        {
            Port, Basic, LogOptions.Level, LogOptions.Format, LogOptions.Trace, LogOptions.TraceFile, UniqueNames, MaxConnections, MaxPerAddress, MaxChannels,
            NameTimeout, FrameTimeout, DrainTimeout, SoftLimit, HardLimit, SlowTimeout, Memory, SenderRate, SenderBurst, SendBuffer, KeepAlive, UserTimeout,
        };
        foreach (Option option in Groups.SelectMany(group => group.All))
        {
            command.Options.Add(option);
        }

        ServerConfiguration.AddNegations(command);
        command.SetAction(result =>
        {
            ServerOptions options = ToAllOptions(result, out string? wrong);
            return wrong is not null ? Reject(wrong) : program(options);
        });
        return command;
    }

    /// <summary>The values of all options. <paramref name="wrong"/> is the error in a combination of them, else null.</summary>
    private static ServerOptions ToAllOptions(ParseResult result, out string? wrong)
    {
        ServerOptions options = Groups.Aggregate(ToOptions(result), (soFar, group) => group.Apply(soFar, result));
        wrong = Check(options) ?? Groups.Select(group => group.Check(options, result)).FirstOrDefault(error => error is not null);
        return options;
    }

    /// <summary>The same arguments with the configuration file as it is now.</summary>
    private static ConfigurationReading Reread(string[] args)
    {
        Command command = Server(_ => 0);
        string? wrong = ServerConfiguration.TryMerge(command, Port, ref args);
        ParseResult result = command.Parse([command.Name, .. args], Literal);
        wrong ??= result.Errors is [var first, ..] ? first.Message : null;
        ServerOptions? options = wrong is null ? ToAllOptions(result, out wrong) : null;
        return new ConfigurationReading(wrong is null ? options : null, ServerConfiguration.ValuesOf(command, Port, result), wrong);
    }

    internal static Command BasicServer(Func<ServerOptions, int> program)
    {
        var command = new Command(
            "basic-server", "The basic server of part 0: prints what each client sends until it closes, and a newline.")
        {
            BasicPort,
        };
        command.SetAction(result => program(new ServerOptions { Port = result.GetValue(BasicPort), Basic = true }));
        return command;
    }

    /// <summary>The error in a combination of options; null if there is none.</summary>
    private static string? Check(ServerOptions options) =>
        options.SendLimits.HardBytes < options.SendLimits.SoftBytes ? "--hard-limit must not be below --soft-limit." : null;

    private static ServerOptions ToOptions(ParseResult result) => LogOptions.Apply(new(), result) with
    {
        Port = result.GetValue(Port),
        UniqueNames = result.GetValue(UniqueNames),
        MaxConnections = result.GetValue(MaxConnections),
        MaxPerAddress = result.GetValue(MaxPerAddress),
        MaxChannels = result.GetValue(MaxChannels),
        NameTimeout = TimeSpan.FromSeconds(result.GetValue(NameTimeout)),
        FrameTimeout = TimeSpan.FromSeconds(result.GetValue(FrameTimeout)),
        DrainTimeout = TimeSpan.FromSeconds(result.GetValue(DrainTimeout)),
        SendLimits = new SendLimits(
            result.GetValue(SoftLimit), result.GetValue(HardLimit), TimeSpan.FromSeconds(result.GetValue(SlowTimeout)))
        {
            SenderRate = result.GetValue(SenderRate),
            SenderBurst = result.GetValue(SenderBurst),
        },
        MemoryBytes = result.GetValue(Memory) is > 0 and long bytes ? bytes : null,
        SendBufferBytes = result.GetValue(SendBuffer),
        KeepAliveSeconds = result.GetValue(KeepAlive),
        UserTimeout = TimeSpan.FromSeconds(result.GetValue(UserTimeout)),
    };
}
