using ThreadedChat.ChatCheck.Texts;

namespace ThreadedChat.ChatCheck.Suites;

/// <summary>A case without the code that runs it, for lists and filters.</summary>
internal sealed record CaseInfo(string Group, string Id, Level Level, Section Section, Text Rule);
