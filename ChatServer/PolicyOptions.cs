using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using System.Text;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.Common;
using static ThreadedChat.ChatServer.OptionForms;

namespace ThreadedChat.ChatServer;

/// <summary>The options for connections, names and channels.</summary>
internal static class PolicyOptions
{
    private static readonly ServerOptions Defaults = new();

    private static readonly Option<bool> StrictNames = new("--strict-names")
    {
        Description = "Accept only names of letters, digits and _-. in one script that do not look like a name in use",
        Arity = ArgumentArity.Zero,
    };

    private static readonly Option<int?> ReservedPlaces = new("--reserved-places")
    {
        Description = "How many of the last free places are kept for addresses that have no client (0 to 1000000; default: a sixteenth of all, at most 64)",
        HelpName = "N",
        CustomParser = result => (int?)InRange(result, "--reserved-places", 0, 1_000_000),
    };

    private static readonly Option<int> AddressRate = Number(
        "--address-rate", "New connections per second from one address, 0 for no limit", Defaults.AddressRate, 0, 1_000_000);

    private static readonly Option<int> AddressBurst = Number(
        "--address-burst", "Connections that one address may open at once before that rate applies", Defaults.AddressBurst, 1, 1_000_000);

    private static readonly Option<IPNetwork[]> Trusted = new("--trusted")
    {
        Description = "A network without limits per address, such as 192.0.2.0/24 (may be given more than once)",
        HelpName = "NETWORK",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = ParseNetworks,
    };

    private static readonly Option<string[]> Channels = new("--channel")
    {
        Description = "A channel that exists from the start and is never removed (may be given more than once)",
        HelpName = "NAME",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = ParseChannels,
    };

    private static readonly Option<bool> NoCreate = new("--no-create")
    {
        Description = "Reject every /create; the channels are those of --channel",
        Arity = ArgumentArity.Zero,
    };

    private static readonly Option<double?> ChannelTtl = new("--channel-ttl")
    {
        Description = "Remove a channel that has been empty for S seconds (1 to 31536000; default: never)",
        HelpName = "S",
        CustomParser = result => InRange(result, "--channel-ttl", 1, 31_536_000, allowsDecimals: true),
    };

    private static readonly Option[] All =
        [StrictNames, ReservedPlaces, AddressRate, AddressBurst, Trusted, Channels, NoCreate, ChannelTtl];

    public static OptionGroup Group { get; } = new(All, Apply, Check);

    private static ServerOptions Apply(ServerOptions options, ParseResult result) => options with
    {
        StrictNames = result.GetValue(StrictNames),
        ReservedPlaces = result.GetValue(ReservedPlaces),
        AddressRate = result.GetValue(AddressRate),
        AddressBurst = result.GetValue(AddressBurst),
        Trusted = result.GetValue(Trusted) is { Length: > 0 } networks ? networks : Defaults.Trusted,
        Channels = result.GetValue(Channels) is { Length: > 0 } channels ? channels : Defaults.Channels,
        MayCreate = !result.GetValue(NoCreate),
        ChannelTtl = result.GetValue(ChannelTtl) is double seconds ? TimeSpan.FromSeconds(seconds) : null,
    };

    private static string? Check(ServerOptions options, ParseResult result) =>
        !options.MayCreate && options.Channels.Count == 0 ? "--no-create needs a --channel: there would be none."
        : options.Channels.Count > options.MaxChannels ? "There are more --channel than --max-channels."
        : null;

    private static IPNetwork[] ParseNetworks(ArgumentResult result) => ParseAll(
        result, text => TrustedNetworks.Parse(text), text => $"--trusted must be a network such as 192.0.2.0/24 or 2001:db8::/32, not '{text}'.");

    private static string[] ParseChannels(ArgumentResult result) => ParseAll(
        result,
        text => IsChannel(text) ? text : null,
        text => $"--channel must be one word that '/create' takes in one frame, not '{text}'.");

    private static T[] ParseAll<T>(ArgumentResult result, Func<string, T?> parse, Func<string, string> wrong)
        where T : class => [.. Parse(result, parse, wrong).OfType<T>()];

    private static T[] ParseAll<T>(ArgumentResult result, Func<string, T?> parse, Func<string, string> wrong)
        where T : struct => [.. Parse(result, text => parse(text) is T value ? (object)value : null, wrong).OfType<T>()];

    private static List<T?> Parse<T>(ArgumentResult result, Func<string, T?> parse, Func<string, string> wrong)
        where T : class
    {
        var values = new List<T?>();
        foreach (string text in result.Tokens.Select(token => token.Value))
        {
            T? value = parse(text);
            if (value is null)
            {
                result.AddError(wrong(text));
            }

            values.Add(value);
        }

        return values;
    }

    /// <summary>True if a client can name it in a command, and gets what it named.</summary>
    private static bool IsChannel(string name)
    {
        byte[] command = Encoding.UTF8.GetBytes($"{ControlMessage.Create} {name}");
        return command.Length <= Frame.Size
            && ControlMessage.TryParse(command, out ControlMessage message)
            && message.Argument == name;
    }
}
