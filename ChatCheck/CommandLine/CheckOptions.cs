using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.CommandLine;

/// <summary>The values of the command line; every value has been checked.</summary>
internal sealed record CheckOptions
{
    public required Suite Suite { get; init; }

    /// <summary>The command that starts the program; null if it is running, or if nothing is to be checked.</summary>
    public CommandTemplate? Command { get; init; }

    /// <summary>The host of a running program; ignored if there is a command.</summary>
    public string Host { get; init; } = "";

    /// <summary>The port of a running program, 1 to 65535; ignored if there is a command.</summary>
    public int Port { get; init; }

    /// <summary>Only list the cases.</summary>
    public bool List { get; init; }

    /// <summary>The selected cases: ids, or beginnings of ids; empty selects all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>The language of all output.</summary>
    public Language Language { get; init; }

    /// <summary>Show the transcript of each case that did not pass.</summary>
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
