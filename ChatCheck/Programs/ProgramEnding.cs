using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Programs;

/// <summary>The texts about a program that has ended, or for whose end the checker no longer waits.</summary>
internal static class ProgramEnding
{
    /// <summary>Its exit code and the last line that it printed; null if it has not ended within <paramref name="limit"/>.</summary>
    public static ProgramEnd? Of(IProgram program, TimeSpan limit)
    {
        Func<bool>? isIdle = Settling.WatchFor(program.ProcessId)?.Invoke();
        var wait = new CaseClock.Wait(isIdle is null ? limit : TimeSpan.Zero, limit, () => isIdle!);
        if (!wait.Until(program.AwaitExit) || program.ExitCode is not int code)
        {
            return null;
        }

        string line = LastLine(program);
        string said = line.Length > 0 ? $": {line}" : ".";
        return new ProgramEnd(
            new Text(
                $"The program ended with exit code {Findings.Number(code)}{said}",
                $"O programa terminou com código de saída {Findings.Number(code)}{said}"),
            code != 0 && line.Length > 0 ? line : null);
    }

    /// <summary>The last line that a program has printed, as a sentence; null if it has printed none.</summary>
    public static Text? LastWords(IProgram program)
    {
        string line = LastLine(program);
        return line.Length > 0 ? new Text($"The last line that it printed: {line}", $"A última linha que ele imprimiu: {line}") : null;
    }

    /// <summary>The last line of standard error, or of standard output if that is empty.</summary>
    private static string LastLine(IProgram program) =>
        program.Errors.LastLine() is { Length: > 0 } line ? line : program.Output.LastLine();
}
