namespace ThreadedChat.ChatGrade.Settings;

/// <summary>How much of a failed case a student sees.</summary>
internal enum Detail
{
    /// <summary>All of it, with what was said on the connections.</summary>
    All,

    /// <summary>What is wrong.</summary>
    Finding,

    /// <summary>That it failed.</summary>
    Rule,
}
