using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ThreadedChat.ChatServer.Benchmarks.Load;
using ThreadedChat.Common.Arguments;

namespace ThreadedChat.ChatServer.Benchmarks;

/// <summary>The command line of the load benchmark: every option with its range, checked in this one place.</summary>
internal static class BenchCommandLine
{
    private const int WrongArguments = 2;
    private const int UsualRuns = 3;

    /// <summary>The variable in which run.sh passes the folder of the published programs.</summary>
    private const string PublishedPrograms = "THREADEDCHAT_PROGRAMS";

    private static readonly Option<IReadOnlyList<Workload>?> Workloads = new("--workload")
    {
        Description = $"Which workloads, separated by commas (default: all): {string.Join("; ", Workload.All.Select(load => $"{load.Name}: {load.Title}"))}",
        HelpName = "W1,W2",
        CustomParser = ParseWorkloads,
    };

    private static readonly Option<int?> Runs = new("--runs")
    {
        Description = $"Runs of each workload; the result is the median (1 to 1000; default {UsualRuns}, with --quick 1)",
        HelpName = "N",
        CustomParser = result => (int)InRange(result, "--runs", 1, 1_000),
    };

    private static readonly Option<double> Scale = new("--scale")
    {
        Description = "Factor for the number of messages (0.001 to 1000); with 10 the start of a run has no effect on the result",
        HelpName = "X",
        DefaultValueFactory = _ => 1,
        CustomParser = result => InRange(result, "--scale", 0.001, 1_000),
    };

    private static readonly Option<bool> Quick = new("--quick")
    {
        Arity = ArgumentArity.Zero,
        Description = "Small loads: check in a few seconds that everything is delivered",
    };

    private static readonly Option<bool> Json = new("--json")
    {
        Arity = ArgumentArity.Zero,
        Description = "Print one JSON document instead of a table",
    };

    private static readonly Option<EndPoint?> Server = new("--server")
    {
        Description = "A running server to use instead; it may be any implementation of the assignment",
        HelpName = "HOST:PORT",
        CustomParser = ParseServer,
    };

    private static readonly Option<int?> Process = new("--pid")
    {
        Description = "The process id of that server, to measure its processor time and memory",
        HelpName = "PID",
        CustomParser = result => (int)InRange(result, "--pid", 1, int.MaxValue),
    };

    private static readonly Option<double> Timeout = new("--timeout")
    {
        Description = "Seconds without a delivery after which a run fails (1 to 3600)",
        HelpName = "S",
        DefaultValueFactory = _ => 10,
        CustomParser = result => InRange(result, "--timeout", 1, 3_600),
    };

    private static readonly Option<string?> Program = new("--program")
    {
        Description = "The server to start for each run: a ChatServer.dll, or a program that needs no .NET (default: what ./run.sh server starts)",
        HelpName = "FILE",
    };

    /// <summary>
    /// Runs <paramref name="program"/> with the options in <paramref name="args"/> and returns its exit code. Wrong arguments are one
    /// line on standard error, and exit code 2.
    /// </summary>
    public static int Run(string[] args, Func<BenchOptions, int> program)
    {
        // run.sh has this name for it.
        var root = new Command("bench", """
            Puts load on a chat server and checks every delivery. Exit code 0: all were correct.
            With "micro" as first argument: measures single parts of the code (micro --help).
            """)
        {
            Workloads, Runs, Scale, Quick, Json, Server, Process, Timeout, Program, new VersionOption(),
        };

        // A fixed width, because a question to the terminal changes the terminal.
        root.Options.Add(new HelpOption("--help", "-h") { Action = new HelpAction { MaxWidth = 100 } });
        root.SetAction(result =>
        {
            BenchOptions options = ToOptions(result);
            return Check(options) is string wrong ? Reject(wrong) : program(options);
        });

        ILookup<bool, string> names = root.Options
            .SelectMany(option => option.Aliases.Prepend(option.Name), (option, name) => (Name: name, IsFlag: option.Arity.MaximumNumberOfValues == 0))
            .ToLookup(option => option.IsFlag, option => option.Name);
        var forms = new ArgumentForms([.. names[true]], [.. names[false]]);
        var literal = new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

        // The parser drops a first argument that equals the command's name.
        ParseResult parsed = root.Parse([root.Name, .. args], literal);
        string? wrong = forms.FindWrong(args) ?? (parsed.Errors is [var first, ..] ? first.Message : null);
        return wrong is null ? parsed.Invoke() : Reject(wrong);
    }

    private static int Reject(string wrong)
    {
        Console.Error.WriteLine($"{ArgumentForms.OneLine(wrong)} (--help shows all options)");
        return WrongArguments;
    }

    private static string? Check(BenchOptions options) =>
        options is { Process: not null, Server: null } ? "--pid is only allowed with --server."
        : options.Server is null && !File.Exists(options.Program) ? $"There is no server program '{options.Program}'."
        : null;

    private static BenchOptions ToOptions(ParseResult result) => new()
    {
        Workloads = result.GetValue(Workloads) ?? Workload.All,
        Runs = result.GetValue(Runs) ?? (result.GetValue(Quick) ? 1 : UsualRuns),
        Scale = result.GetValue(Scale),
        Quick = result.GetValue(Quick),
        Json = result.GetValue(Json),
        Timeout = TimeSpan.FromSeconds(result.GetValue(Timeout)),
        Program = result.GetValue(Program) ?? UsualProgram(),
        Server = result.GetValue(Server),
        Process = result.GetValue(Process),
    };

    /// <summary>The published program, as run.sh chooses it; without run.sh, the one in this folder.</summary>
    private static string UsualProgram()
    {
        if (Environment.GetEnvironmentVariable(PublishedPrograms) is not string folder)
        {
            return Path.Combine(AppContext.BaseDirectory, "ChatServer.dll");
        }

        string native = Path.Combine(folder, "ChatServer", "ChatServer");
        return File.Exists(native) ? native : $"{native}.dll";
    }

    private static List<Workload> ParseWorkloads(ArgumentResult result)
    {
        var chosen = new List<Workload>();
        foreach (string name in result.Tokens[0].Value.Split(',', StringSplitOptions.TrimEntries))
        {
            Workload? load = Workload.All.FirstOrDefault(load => load.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (load is null)
            {
                result.AddError($"--workload must name some of {string.Join(", ", Workload.All.Select(load => load.Name))}, not '{name}'.");
            }
            else if (!chosen.Contains(load))
            {
                chosen.Add(load);
            }
        }

        return chosen;
    }

    private static IPEndPoint? ParseServer(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        int colon = text.LastIndexOf(':');
        if (colon < 1 || !ushort.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) || port == 0)
        {
            result.AddError($"--server must be HOST:PORT, with a port from 1 to 65535, not '{text}'.");
            return null;
        }

        try
        {
            // IPv4 first: not every server listens on IPv6.
            IPAddress[] addresses = Dns.GetHostAddresses(text[..colon].Trim('[', ']'));
            return new IPEndPoint(addresses.OrderBy(address => address.AddressFamily).First(), port);
        }
        catch (SocketException)
        {
            result.AddError($"--server: there is no host '{text[..colon]}'.");
            return null;
        }
    }

    private static double InRange(ArgumentResult result, string name, double min, double max)
    {
        string text = result.Tokens[0].Value;
        NumberStyles style = name is "--scale" or "--timeout" ? NumberStyles.AllowDecimalPoint : NumberStyles.None;
        if (!double.TryParse(text, style, CultureInfo.InvariantCulture, out double value) || value < min || value > max)
        {
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} must be a number from {min} to {max}, not '{text}'."));
        }

        return value;
    }
}
