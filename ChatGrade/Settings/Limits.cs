namespace ThreadedChat.ChatGrade.Settings;

/// <summary>What a submission may use, and how long it is waited for.</summary>
internal sealed record Limits
{
    /// <summary>Seconds for an answer.</summary>
    public double Answer { get; init; } = 3;

    /// <summary>Seconds for a start. What has to be compiled is built before.</summary>
    public double Start { get; init; } = 15;

    /// <summary>Seconds for the build.</summary>
    public double Build { get; init; } = 300;

    /// <summary>Seconds for all cases of one part.</summary>
    public double Part { get; init; } = 420;

    /// <summary>MiB of memory for data: of each process, and of all together where the system can count that.</summary>
    public int Memory { get; init; } = 1024;

    /// <summary>Processes and threads.</summary>
    public int Processes { get; init; } = 300;

    /// <summary>MiB that the copy of the submission and its temporary files may have in all.</summary>
    public int Disk { get; init; } = 512;

    /// <summary>Seconds of processor time for each process.</summary>
    public int Processor { get; init; } = 60;

    /// <summary>Whether the build may use the network.</summary>
    public bool NetworkForBuild { get; init; }

    /// <summary>What of this changes what comes out, as text.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Answer} {Start} {Build} {Part} {Memory} {Processes} {Disk} {Processor} {NetworkForBuild}");
}
