using ThreadedChat.ChatCheck.Texts;

namespace ThreadedChat.ChatCheck.Suites;

/// <summary>Cases that belong together; a server that can be started is started anew for each group.</summary>
/// <param name="Id">Its name in reports for programs.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Cases">In the order in which they are played.</param>
internal sealed record CaseGroup<TFixture>(string Id, Text Title, IReadOnlyList<Case<TFixture>> Cases);
