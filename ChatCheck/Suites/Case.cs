using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites;

/// <summary>One rule and how it is checked. All but <see cref="Play"/> is data, for lists and reports.</summary>
/// <typeparam name="TFixture">What a case of this kind plays on: a server with people, a client with its server.</typeparam>
/// <param name="Id">Its name for <c>--only</c> and graders; never changes.</param>
/// <param name="Level">How much it counts.</param>
/// <param name="Section">Where the rule comes from.</param>
/// <param name="Rule">The rule in one line.</param>
/// <param name="Play">Plays the scene; throws <see cref="CaseFailedException"/> where the rule is broken.</param>
internal sealed record Case<TFixture>(string Id, Level Level, Section Section, Text Rule, Action<TFixture> Play);
