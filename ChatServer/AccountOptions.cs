using System.CommandLine;
using System.CommandLine.Parsing;
using ThreadedChat.ChatServer.Connections;

namespace ThreadedChat.ChatServer;

/// <summary>The options for accounts and moderation (docs/moderation.md).</summary>
internal static class AccountOptions
{
    private static readonly Option<string?> Accounts = Text(
        "--accounts", "FILE", "Names that belong to somebody, each with a token (./run.sh account makes the file)");

    private static readonly Option<bool> MembersOnly = new("--members-only")
    {
        Description = "Reject names without an account",
        Arity = ArgumentArity.Zero,
    };

    private static readonly Option<string?> Bans = Text("--bans", "FILE", "Keep the bans in FILE (default: the name of the accounts file with .bans added)");

    private static readonly Option<string?> Control = Text("--control", "PATH", "Make a Unix socket for ./run.sh admin at PATH, for this user only");

    private static readonly Option<string?> Audit = Text("--audit", "FILE", "Append a line of JSON to FILE for each action of a moderator");

    private static readonly Option<AddressDetail> LogAddresses = new("--log-addresses")
    {
        Description = "How much of an address the log and the audit show: none, prefix, full",
        HelpName = "WORD",
        DefaultValueFactory = _ => AddressDetail.Full,
        CustomParser = ParseDetail,
    };

    private static readonly Option<string?> Configuration = Text(
        ServerConfiguration.Option, "FILE", "Read options from FILE, in TOML; the command line wins. SIGHUP reads it again");

    private static readonly Option[] All = [Accounts, MembersOnly, Bans, Control, Audit, LogAddresses, Configuration];

    public static OptionGroup Group { get; } = new(All, Apply, Check);

    private static ServerOptions Apply(ServerOptions options, ParseResult result) => options with
    {
        Accounts = result.GetValue(Accounts),
        MembersOnly = result.GetValue(MembersOnly),
        Bans = result.GetValue(Bans),
        Control = result.GetValue(Control),
        Audit = result.GetValue(Audit),
        LogAddresses = result.GetValue(LogAddresses),
    };

    private static string? Check(ServerOptions options, ParseResult result) =>
        options is { MembersOnly: true, Accounts: null } ? "--members-only needs --accounts."
        : options is { Audit: not null, Accounts: null, Control: null } ? "--audit needs --accounts or --control: otherwise there are no moderators."
        : null;

    private static Option<string?> Text(string name, string helpName, string description) => new(name) { Description = description, HelpName = helpName };

    private static AddressDetail ParseDetail(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (Array.Find(Enum.GetValues<AddressDetail>(), detail => detail.ToString().Equals(text, StringComparison.OrdinalIgnoreCase)) is var found
            && !found.ToString().Equals(text, StringComparison.OrdinalIgnoreCase))
        {
            result.AddError($"--log-addresses must be one of none, prefix, full, not '{text}'.");
        }

        return found;
    }
}
