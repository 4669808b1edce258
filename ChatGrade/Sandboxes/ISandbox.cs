using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatGrade.Settings;

namespace ThreadedChat.ChatGrade.Sandboxes;

/// <summary>Where submissions run.</summary>
internal interface ISandbox
{
    /// <summary>The missing protection on this machine, in a sentence; null if nothing is missing.</summary>
    Text? Shortcoming { get; }

    /// <summary>The folders that programs are looked for in, inside.</summary>
    IReadOnlyList<string> ProgramFolders { get; }

    /// <summary>The command that builds a copy of a submission, and keeps the copy in a folder if that works.</summary>
    /// <param name="submission">The submission.</param>
    /// <param name="build">A line for the shell.</param>
    /// <param name="result">An existing empty folder.</param>
    /// <param name="limits">The limits.</param>
    IReadOnlyList<string> Build(string submission, string build, string result, Limits limits);

    /// <summary>The command that lets the checker loose on a copy of a submission.</summary>
    /// <param name="submission">The submission, built.</param>
    /// <param name="arguments">The arguments of the checker, up to the dashes.</param>
    /// <param name="command">The command of the submission.</param>
    /// <param name="limits">The limits.</param>
    IReadOnlyList<string> Check(string submission, IReadOnlyList<string> arguments, IReadOnlyList<string> command, Limits limits);
}
