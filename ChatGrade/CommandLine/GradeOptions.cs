namespace ThreadedChat.ChatGrade.CommandLine;

/// <summary>The values of the command line; every value has been checked.</summary>
internal sealed record GradeOptions
{
    /// <summary>The folder with a folder for each submission; for <see cref="IsSingle"/> the submission itself.</summary>
    public required string Folder { get; init; }

    /// <summary>Where reports and results go.</summary>
    public required string Output { get; init; }

    /// <summary>Jobs at a time; null is as many as the machine takes.</summary>
    public int? Jobs { get; init; }

    /// <summary>Whether results of an earlier run are used for unchanged parts.</summary>
    public bool Resume { get; init; }

    /// <summary>Whether submissions may run without a sandbox.</summary>
    public bool IsUnsafe { get; init; }

    /// <summary>The folder with the file of the class; null is <see cref="Folder"/>.</summary>
    public string? SettingsFolder { get; init; }

    /// <summary>Whether the folder is one submission.</summary>
    public bool IsSingle { get; init; }
}
