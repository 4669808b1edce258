using System.CommandLine;
using ThreadedChat.ChatCheck.CommandLine;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatClient;
using ThreadedChat.ChatServer;

namespace ThreadedChat.ChatRelease.Manual;

/// <summary>A program of a release, with all ways to start it. Everything about its options comes from the program itself.</summary>
/// <param name="Name">The name of its file.</param>
/// <param name="Summary">A few words for the list of all manual pages.</param>
/// <param name="Heading">The heading in docs/options.md above the table of its exit codes; null if its description has them.</param>
/// <param name="Branches">The usual way first.</param>
internal sealed record ShippedProgram(string Name, string Summary, string? Heading, IReadOnlyList<Branch> Branches)
{
    /// <summary>What follows the arguments, and is no option of the program.</summary>
    public string Rest { get; init; } = "";

    /// <summary>The usual way to start it.</summary>
    public Branch Main => Branches[0];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ShippedProgram> All { get; } =
    [
        new("threadedchat-server", "chat server with one thread per client", "Server options",
        [
            new(null, CommandLine.Server(_ => 0)),
            new("--basic", CommandLine.BasicServer(_ => 0)),
            new(HistoryCommandLine.Switch, HistoryCommandLine.ToCommand()),
            new(AccountCommandLine.Switch, AccountCommandLine.ToCommand()),
            new(AdminCommandLine.Switch, new Command("admin", AdminCommandLine.Help)),
        ]),
        new("threadedchat-client", "terminal client of a chat server", "Client options",
        [
            new(null, ClientCommandLine.ToCommand(new ChatArguments())),
            new("--basic", ClientCommandLine.ToBasicCommand(ArgumentParts.Host(), ArgumentParts.Port())),
            new("--decode", DecodeCommandLine.ToCommand()),
        ]),
        new("threadedchat-check", "check any implementation of a chat server or client", null,
        [
            new(null, CheckCommand.ToCommand(Language.English)),
            .. CheckCommand.ToCommand(Language.English).Subcommands.Select(part => new Branch(part.Name, part)),
        ]) { Rest = "[-- COMMAND]" },
    ];
}
