using ThreadedChat.ChatCheck.Texts;

namespace ThreadedChat.ChatCheck.Programs;

/// <summary>What is to be checked does not start: then there is nothing to say about it.</summary>
internal sealed class CannotStartException(Text why) : Exception(why.English)
{
    /// <summary>Why, in one line.</summary>
    public Text Why { get; } = why;
}
