using ThreadedChat.ChatCheck.Texts;

namespace ThreadedChat.ChatGrade.Settings;

/// <summary>The file of the class cannot be used.</summary>
internal sealed class SettingsException(Text why) : Exception(why.English)
{
    /// <summary>Why, in one line.</summary>
    public Text Why { get; } = why;
}
