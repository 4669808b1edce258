namespace ThreadedChat.ChatCheck.Texts;

/// <summary>
/// A text for users in every language. Both are written side by side where the text is needed, so one
/// that lacks a translation does not compile.
/// </summary>
internal readonly record struct Text(string English, string Portuguese)
{
    /// <summary>The text in <paramref name="language"/>.</summary>
    public string In(Language language) => language == Language.Portuguese ? Portuguese : English;

    /// <summary>This, a blank, and <paramref name="next"/>.</summary>
    public Text And(Text next) => new($"{English} {next.English}", $"{Portuguese} {next.Portuguese}");
}
