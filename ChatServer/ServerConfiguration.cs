using System.CommandLine;
using ThreadedChat.Common.Arguments;
using ThreadedChat.Common.Configuration;

namespace ThreadedChat.ChatServer;

/// <summary>
/// The configuration file of a running server. It has the same names as the options, without the dashes, and <c>port</c>. The command line
/// wins over the file.
/// </summary>
internal sealed class ServerConfiguration
{
    /// <summary>The option that names the file.</summary>
    public const string Option = "--config";

    private const string PortKey = "port";

    /// <summary>The options that take effect while the server runs.</summary>
    private static readonly string[] Changeable = ["--log-addresses", "--log-level", "--members-only"];

    private readonly Func<ConfigurationReading> _read;

    /// <summary>The values that are in effect.</summary>
    private readonly Dictionary<string, string> _values;

    private ServerConfiguration(Func<ConfigurationReading> read)
    {
        _read = read;
        _values = new Dictionary<string, string>(read().Values);
    }

    /// <summary>The configuration of a server that was started with these arguments; null if they name no file.</summary>
    public static ServerConfiguration? Of(IReadOnlyList<string> args, Func<ConfigurationReading> read) =>
        ArgumentForms.ValueOf(Option, args) is null ? null : new ServerConfiguration(read);

    /// <summary>
    /// Puts what the file sets, and the command line does not, in front of the arguments. Null if all is right, or no file is named;
    /// else one line that names file and line.
    /// </summary>
    public static string? TryMerge(Command command, Argument port, ref string[] args)
    {
        if (ArgumentForms.ValueOf(Option, args) is not { Length: > 0 } path || args.TakeWhile(arg => arg != "--").Any(arg => arg is "--help" or "-h" or "--version"))
        {
            return null;
        }

        if (!File.Exists(path))
        {
            return $"{path}: there is no such file.";
        }

        ConfigurationFile file = ConfigurationFile.Read(path, takesFractions: true);
        if (file.Error is not null)
        {
            return file.Error;
        }

        List<string> merged = [];
        string[] given = args;
        foreach (Setting setting in file.Settings)
        {
            string[] one = ToArguments(command, setting, out string? error);
            error ??= FindError(command, setting, one);
            if (error is not null)
            {
                return file.ErrorIn(setting, error);
            }

            bool isGiven = setting.Key == PortKey
                ? command.Parse([command.Name, .. given], CommandLine.Literal).GetResult(port) is { Tokens.Count: > 0 }
                : ArgumentForms.ValueOf($"--{setting.Key}", given) is not null || given.Contains($"--{setting.Key}");
            merged.AddRange(isGiven ? [] : one);
        }

        args = [.. merged, .. args];
        return null;
    }

    /// <summary>The value of each given option.</summary>
    public static IReadOnlyDictionary<string, string> ValuesOf(Command command, Argument port, ParseResult result)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Option option in command.Options)
        {
            if (result.GetResult(option) is { Implicit: false } given)
            {
                values[option.Name] = string.Join('\n', given.Tokens.Select(token => token.Value));
            }
        }

        if (result.GetResult(port) is { Tokens: [var number, ..] })
        {
            values["PORT"] = number.Value;
        }

        return values;
    }

    /// <summary>
    /// Reads the file again, and applies those options that may change while the server runs. Returns the result, for the log. A wrong
    /// file changes nothing.
    /// </summary>
    public string Reread(Action<ServerOptions> apply)
    {
        ConfigurationReading reading = _read();
        if (reading.Options is null)
        {
            return $"the configuration is wrong, so nothing of it changes: {ArgumentForms.OneLine(reading.Error!)}";
        }

        string[] different = [.. reading.Values.Keys.Union(_values.Keys)
            .Where(name => reading.Values.GetValueOrDefault(name) != _values.GetValueOrDefault(name))
            .Order(StringComparer.Ordinal)];
        string[] changed = [.. different.Intersect(Changeable)];
        string[] waiting = [.. different.Except(Changeable)];
        apply(reading.Options);
        foreach (string name in changed)
        {
            if (reading.Values.TryGetValue(name, out string? value))
            {
                _values[name] = value;
            }
            else
            {
                _values.Remove(name);
            }
        }

        string what = different.Length == 0 ? "nothing has changed"
            : string.Join("; ", Part(changed, "changed"), Part(waiting, "needs a restart")).Trim(';', ' ');
        return $"the configuration was read again: {what}";
    }

    private static string Part(string[] names, string what) => names.Length == 0 ? "" : $"{string.Join(", ", names)} {what}";

    private static string[] ToArguments(Command command, Setting setting, out string? error)
    {
        if (setting.Key == PortKey)
        {
            error = setting.Values.Count == 1 ? null : "must be one number.";
            return [.. setting.Values];
        }

        Option? option = command.Options.FirstOrDefault(option => option.Name == $"--{setting.Key}" && option.Name is not (Option or "--basic" or "--help" or "--version"));
        bool isFlag = option?.Arity.MaximumNumberOfValues == 0;
        error = option is null ? "there is no such option."
            : isFlag && setting.Switch is null ? "must be true or false."
            : !isFlag && (setting.Switch is not null || setting.Values.Contains("")) ? "must be a number or a text that is not empty."
            : !isFlag && option.Arity.MaximumNumberOfValues == 1 && setting.Values.Count != 1 ? "must be one value, not a list."
            : null;
        return error is not null ? []
            : isFlag ? (setting.Switch == true ? [option!.Name] : [])
            : [.. setting.Values.Select(value => $"{option!.Name}={value}")];
    }

    /// <summary>What the parser says about one setting alone.</summary>
    private static string? FindError(Command command, Setting setting, string[] arguments)
    {
        string[] port = setting.Key == PortKey ? [] : ["1"];
        return command.Parse([command.Name, .. port, .. arguments], CommandLine.Literal).Errors is [var first, ..] ? first.Message : null;
    }
}
