namespace ThreadedChat.ChatGrade.Results;

/// <summary>The kind of result of a part of a submission.</summary>
internal enum PartState
{
    /// <summary>It was not looked at yet.</summary>
    Pending,

    Checked,

    NotBuilt,

    /// <summary>It does not start, or a server does not listen.</summary>
    NotStarted,

    /// <summary>Nothing was found that would start it.</summary>
    NotFound,

    /// <summary>This machine lacks its language.</summary>
    NoLanguage,

    /// <summary>The grader could not come to a result.</summary>
    Unknown,
}
