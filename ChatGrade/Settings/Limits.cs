namespace ThreadedChat.ChatGrade.Settings;

/// <summary>The limits of a submission.</summary>
internal sealed record Limits
{
    /// <summary>Seconds for an answer.</summary>
    public double Answer { get; init; } = 3;

    /// <summary>Seconds for a start. A build comes before it.</summary>
    public double Start { get; init; } = 15;

    /// <summary>Seconds for the build.</summary>
    public double Build { get; init; } = 300;

    /// <summary>Seconds for all cases of one part.</summary>
    public double Part { get; init; } = 420;

    /// <summary>MiB of memory for data: of each process, and of all together if the system can count that.</summary>
    public int Memory { get; init; } = 1024;

    /// <summary>Processes and threads.</summary>
    public int Processes { get; init; } = 300;

    /// <summary>MiB that the copy of the submission and its temporary files may have in total.</summary>
    public int Disk { get; init; } = 512;

    /// <summary>Seconds of processor time for each process.</summary>
    public int Processor { get; init; } = 60;

    /// <summary>Whether the build may use the network.</summary>
    public bool NetworkForBuild { get; init; }

    /// <summary>The limits that change the result, as text.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Answer} {Start} {Build} {Part} {Memory} {Processes} {Disk} {Processor} {NetworkForBuild}");
}
