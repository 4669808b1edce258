namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>Asserts a sequence of texts, and shows both sequences in the failure.</summary>
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

    /// <summary>Fails if a text has control characters, line separators or bidirectional controls.</summary>
    /// <param name="text">The text that was sent or shown.</param>
    /// <param name="message">Its description, for the failure.</param>
    /// <param name="lineBreaks">Whether <c>\n</c> may be in it, as in the answer to <c>/list</c>.</param>
    public static void MustBeClean(this string text, string message, bool lineBreaks = false)
    {
        foreach (char c in text)
        {
            bool isHarmful = (char.IsControl(c) && !(c == '\n' && lineBreaks))
                || c is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
            if (isHarmful)
            {
                Assert.Fail($"{message} has U+{(int)c:X4} in it: '{Uri.EscapeDataString(text)}'");
            }
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
