using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites;

/// <summary>One rule and how it is checked. All but <see cref="Play"/> is data, for lists and reports.</summary>
/// <typeparam name="TFixture">The fixture of such a case: a server with clients, a client with its server.</typeparam>
/// <param name="Id">Its name for <c>--only</c> and graders; never changes.</param>
/// <param name="Level">How much it counts.</param>
/// <param name="Section">The source of the rule.</param>
/// <param name="Rule">The rule in one line.</param>
/// <param name="Play">Plays the scene; throws <see cref="CaseFailedException"/> if the rule is broken.</param>
internal sealed record Case<TFixture>(string Id, Level Level, Section Section, Text Rule, Action<TFixture> Play)
{
    /// <summary>Whether a play mostly waits, or takes long, so that it may go on while other cases are played.</summary>
    public bool IsAside { get; init; }
}
