namespace ThreadedChat.ChatGrade.Settings;

/// <summary>How much of a failed case a student sees.</summary>
internal enum Detail
{
    /// <summary>Everything, with the transcript of the connections.</summary>
    All,

    /// <summary>The finding.</summary>
    Finding,

    /// <summary>That it failed.</summary>
    Rule,
}
