namespace ThreadedChat.ChatGrade.Settings;

/// <summary>How a submission is built and started.</summary>
internal sealed record Commands
{
    /// <summary>A line for the shell; null is not set, empty is none.</summary>
    public string? Build { get; init; }

    /// <summary>The command of each part in the settings, by the name of the part.</summary>
    public IReadOnlyDictionary<string, string> Parts { get; init; } = new Dictionary<string, string>();
}
