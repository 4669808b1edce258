namespace ThreadedChat.ChatGrade.Settings;

/// <summary>How much of a failed case a student sees.</summary>
internal enum Detail
{
    /// <summary>Everything, with the transcript of the connections.</summary>
    All,

    Finding,

    /// <summary>That it failed.</summary>
    Rule,
}
