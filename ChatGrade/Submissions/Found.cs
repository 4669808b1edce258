namespace ThreadedChat.ChatGrade.Submissions;

/// <summary>A part that was found in a submission.</summary>
/// <param name="Part">The name of the part.</param>
/// <param name="Command">The command that starts it, with its places.</param>
/// <param name="Build">A line for the shell that builds it; empty if nothing is built.</param>
/// <param name="File">The file that it was found by.</param>
internal sealed record Found(string Part, string Command, string Build, string File);
