namespace ThreadedChat.ChatGrade.CommandLine;

/// <summary>The exit codes of the grader.</summary>
internal static class GradeExit
{
    /// <summary>The reports are written, for any result.</summary>
    public const int Graded = 0;

    /// <summary>The arguments or the file of the class are wrong.</summary>
    public const int Wrong = 2;

    /// <summary>Nothing can be graded: no sandbox, no submissions, or the reports cannot be written.</summary>
    public const int CannotGrade = 3;

    /// <summary>The run was interrupted; its results are kept and reported.</summary>
    public const int Interrupted = 130;
}
