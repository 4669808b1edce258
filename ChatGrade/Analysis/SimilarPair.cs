namespace ThreadedChat.ChatGrade.Analysis;

/// <summary>Two submissions of which one is to this part the same text as the other.</summary>
internal sealed record SimilarPair(string One, string Other, int Percent);
