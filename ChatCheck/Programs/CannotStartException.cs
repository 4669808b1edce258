using ThreadedChat.ChatCheck.Texts;

namespace ThreadedChat.ChatCheck.Programs;

/// <summary>The program to check does not start, so there is no result.</summary>
internal sealed class CannotStartException(Text why) : Exception(why.English)
{
    /// <summary>Why, in one line.</summary>
    public Text Why { get; } = why;
}
