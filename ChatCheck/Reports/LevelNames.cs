using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Texts;

namespace ThreadedChat.ChatCheck.Reports;

/// <summary>The levels for people and for programs.</summary>
internal static class LevelNames
{
    /// <summary>For people.</summary>
    public static Text Of(Level level) => level switch
    {
        Level.Required => new("required", "obrigatório"),
        Level.Robust => new("robust", "robusto"),
        _ => new("ours", "nosso"),
    };

    /// <summary>For programs: the same in every language.</summary>
    public static string Key(Level level) => Of(level).English;
}
