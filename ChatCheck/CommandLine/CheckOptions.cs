using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.CommandLine;

/// <summary>What was asked for; every value has been checked.</summary>
internal sealed record CheckOptions
{
    public required Suite Suite { get; init; }

    /// <summary>The command that starts it; null if it runs already, or where nothing is to be checked.</summary>
    public CommandTemplate? Command { get; init; }

    /// <summary>Where it runs already; not looked at where there is a command.</summary>
    public string Host { get; init; } = "";

    /// <summary>1 to 65535; not looked at where there is a command.</summary>
    public int Port { get; init; }

    /// <summary>Only list the cases.</summary>
    public bool List { get; init; }

    /// <summary>Which cases: ids, or what ids begin with; empty is all of them.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>The language of everything that is said.</summary>
    public Language Language { get; init; }

    /// <summary>Show what was said in each case that did not pass.</summary>
    public bool Verbose { get; init; }

    /// <summary>Print one JSON document instead of the table.</summary>
    public bool Json { get; init; }

    /// <summary>The file for a JUnit report; null is none.</summary>
    public string? JUnitFile { get; init; }

    /// <summary>The time for an answer.</summary>
    public TimeSpan Timeout { get; init; }

    /// <summary>The time for a program to start.</summary>
    public TimeSpan StartTimeout { get; init; } = Timeouts.UsualStart;

    /// <summary>The time for all cases together; null is without end.</summary>
    public TimeSpan? Limit { get; init; }
}
