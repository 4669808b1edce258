using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ThreadedChat.ChatClient.Connection;

namespace ThreadedChat.ChatClient;

/// <summary>Options and arguments as the client declares them to the parser.</summary>
internal static class ArgumentParts
{
    public static Argument<string> Host()
    {
        var host = new Argument<string>("HOST") { Description = "The server's host name or address" };
        host.Validators.Add(RequireText);
        return host;
    }

    /// <summary>A host, which needs a port, or a list of servers with their ports.</summary>
    public static Argument<string> Hosts()
    {
        Argument<string> hosts = Host();
        hosts.Description = "The server's host name or address; or HOST:PORT,HOST:PORT, without PORT, for servers of one chat";
        hosts.Validators.Add(RequireAddresses);
        return hosts;
    }

    public static Argument<int> Port() => new("PORT") { Description = "The server's port, 1 to 65535", CustomParser = ParsePort };

    public static Option<bool> Flag(string name, string description) =>
        new(name) { Description = description, Arity = ArgumentArity.Zero };

    public static Option<string?> Text(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value };

    /// <summary>An option that may be given several times, once for each value.</summary>
    public static Option<string[]> Texts(string name, string value, string description) =>
        new(name) { Description = $"{description}; may be given several times", HelpName = value, Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };

    /// <summary>An option whose value is a name of <typeparamref name="T"/> in lower case. The default is the first.</summary>
    public static Option<T> OneOf<T>(string name, string description)
        where T : struct, Enum
    {
        string[] words = [.. Enum.GetNames<T>().Select(word => word.ToLowerInvariant())];
        return new Option<T>(name)
        {
            Description = $"{description} [default: {words[0]}]",
            HelpName = string.Join('|', words),
            CustomParser = result =>
            {
                string typed = result.Tokens[0].Value;
                if (!words.Contains(typed))
                {
                    result.AddError($"{name} must be one of {string.Join(", ", words)}, not '{typed}'.");
                    return default;
                }

                return Enum.Parse<T>(typed, ignoreCase: true);
            },
        };
    }

    /// <summary>An option whose value <paramref name="parse"/> reads; null means that it is wrong.</summary>
    public static Option<T> Parsed<T>(string name, string value, string description, Func<string, T?> parse, string rule)
        where T : class => new(name)
        {
            Description = description,
            HelpName = value,
            CustomParser = result =>
            {
                T? parsed = parse(result.Tokens[0].Value);
                if (parsed is null)
                {
                    result.AddError($"{name} {rule}, not '{result.Tokens[0].Value}'.");
                }

                return parsed;
            },
        };

    /// <summary>An option whose value is a whole number. The default is <paramref name="least"/>.</summary>
    public static Option<int> Number(string name, string description, int least, int most) => new(name)
    {
        Description = string.Create(CultureInfo.InvariantCulture, $"{description} ({least} to {most}) [default: {least}]"),
        HelpName = "N",
        CustomParser = result =>
        {
            string typed = result.Tokens[0].Value;
            if (!int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < least || number > most)
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} must be a number from {least} to {most}, not '{typed}'."));
            }

            return number;
        },
    };

    private static int ParsePort(ArgumentResult result)
    {
        string typed = result.Tokens[0].Value;
        if (!int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out int port) || port is < 1 or > 65535)
        {
            result.AddError($"PORT must be a number from 1 to 65535, not '{typed}'.");
        }

        return port;
    }

    private static void RequireAddresses(ArgumentResult result)
    {
        if (result.Tokens is [var token] && token.Value.Contains(ServerAddress.Separator) && ServerAddress.ParseList(token.Value, out string? error) is null)
        {
            result.AddError(error!);
        }
    }

    private static void RequireText(ArgumentResult result)
    {
        if (result.Tokens is [{ Value: "" }])
        {
            result.AddError("HOST must not be empty.");
        }
    }
}
