using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites;

/// <summary>The cases for one kind of program, and how they are run.</summary>
/// <param name="name">The word for it on the command line.</param>
/// <param name="help">The help text.</param>
/// <param name="placeholders">The placeholders that a command for such a program must contain.</param>
internal abstract class Suite(string name, Text help, IReadOnlyList<string> placeholders)
{
    public string Name => name;

    public Text Help => help;

    public IReadOnlyList<string> Placeholders => placeholders;

    /// <summary>Whether it can check a program that was not started by the checker.</summary>
    public bool AcceptsRunningProgram { get; init; }

    /// <summary>The same with the cases of the extended mode; null if there are none.</summary>
    public Suite? Extended { get; init; }

    public abstract IReadOnlyList<CaseInfo> Cases { get; }

    /// <summary>Runs the selected cases. Each result is returned as soon as it is known.</summary>
    /// <exception cref="CannotStartException">The program under test cannot be started or reached.</exception>
    public abstract IEnumerable<CaseResult> Run(ProgramTarget target, IReadOnlyList<string> only, Timeouts timeouts);
}
