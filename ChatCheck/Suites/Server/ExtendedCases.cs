using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Server;

/// <summary>The commands of docs/extended.md: for servers that have them, with <c>--extended</c>.</summary>
internal static class ExtendedCases
{
    /// <summary>Where their rules come from.</summary>
    public static readonly Section Document = new(new("docs/extended.md", "docs/extended.md"));

    public static readonly CaseGroup<ServerFixture> Group = new(
        "extended",
        new("The extended mode", "O modo estendido"),
        [.. WhoCases.All, .. PrivateMessageCases.All, .. LeaveCases.All, .. HelpCases.All, .. HistoryCases.All, .. SearchCases.All]);

    /// <summary>All groups for such a server.</summary>
    public static readonly IReadOnlyList<CaseGroup<ServerFixture>> Groups = [.. ServerCases.Groups, Group];

    /// <summary>
    /// A name that nobody has had: names are unique in this mode, and the server may not know yet that somebody has gone.
    /// </summary>
    public static string NewName(ServerFixture fixture, string name) => $"{name} {fixture.NewChannel()}";

    /// <summary>The case is skipped if the server does not know a command that needs a history.</summary>
    public static void RequireHistory(Person person, string command)
    {
        person.Send(command);
        if (person.Fence() is [var only] && only.Text == ExpectedText.Fill(ExpectedText.InvalidControlMessage, command))
        {
            throw new CaseSkippedException(new(
                $"The server does not know {command}: it keeps no history.", $"O servidor não conhece {command}: ele não guarda histórico."));
        }
    }
}
