using System.CommandLine;

namespace ThreadedChat.ChatServer;

/// <summary>The options of one subject. <see cref="CommandLine"/> has the list of groups.</summary>
/// <param name="All">The options, in the order of <c>--help</c>.</param>
/// <param name="Apply">Returns the given options with the values that the command line has for this group.</param>
/// <param name="Check">The error in a combination of options; null if there is none.</param>
internal sealed record OptionGroup(
    IReadOnlyList<Option> All,
    Func<ServerOptions, ParseResult, ServerOptions> Apply,
    Func<ServerOptions, ParseResult, string?> Check);
