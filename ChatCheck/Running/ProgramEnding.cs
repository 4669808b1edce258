using ThreadedChat.ChatCheck.Texts;

namespace ThreadedChat.ChatCheck.Running;

/// <summary>What can be said of a program that has ended.</summary>
internal static class ProgramEnding
{
    /// <summary>Its exit code and the last line of its standard error; null where it has not ended within <paramref name="limit"/>.</summary>
    public static Text? Of(IProgram program, TimeSpan limit)
    {
        if (!program.AwaitExit(limit) || program.ExitCode is not int code)
        {
            return null;
        }

        string line = program.Errors.LastLine();
        line = line.Length == 0 && program.IsTerminal && code != 0 ? program.Output.LastLine() : line;
        string said = line.Length > 0 ? $": {line}" : ".";
        return new Text(
            $"The program ended with exit code {Findings.Number(code)}{said}",
            $"O programa terminou com código de saída {Findings.Number(code)}{said}");
    }
}
