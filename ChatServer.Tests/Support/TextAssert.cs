namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>Says what a sequence of texts must be, and shows both sequences where it is not.</summary>
internal static class TextAssert
{
    public static void MustBe(this IEnumerable<string> seen, params IEnumerable<string> expected) =>
        seen.MustBe(expected, "");

    public static void MustBe(this IEnumerable<string> seen, IEnumerable<string> expected, string message)
    {
        string[] isThere = [.. seen];
        string[] mustBe = [.. expected];
        if (!isThere.SequenceEqual(mustBe))
        {
            Assert.Fail($"{message}\nExpected: {Show(mustBe)}\nSeen:     {Show(isThere)}\n{FirstDifference(isThere, mustBe)}");
        }
    }

    private static string Show(string[] texts)
    {
        const int Most = 20;
        return $"{texts.Length}: {string.Join(", ", texts.Take(Most).Select(Quote))}{(texts.Length > Most ? ", ..." : "")}";
    }

    private static string FirstDifference(string[] seen, string[] expected)
    {
        int i = seen.Zip(expected).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"First difference at {i}: expected {At(expected, i)}, seen {At(seen, i)}";
    }

    private static string At(string[] texts, int i) => i < texts.Length ? Quote(texts[i]) : "nothing";

    private static string Quote(string text) => $"'{text}'";
}
