using System.CommandLine;

namespace ThreadedChat.ChatRelease.Manual;

/// <summary>One way to start a program, with arguments of its own.</summary>
/// <param name="FirstWord">The first argument that chooses it; null for the usual way.</param>
/// <param name="Command">What may be given.</param>
internal sealed record Branch(string? FirstWord, Command Command)
{
    /// <summary>The options that a user may give, in the order of the help.</summary>
    public IEnumerable<ManualOption> Options => Command.Options
        .Concat(Verbs.SelectMany(verb => verb.Options))
        .Where(option => !option.Hidden && option.Name != FirstWord)
        .Select(ManualOption.Of)
        .Append(new ManualOption("--help", "", "Show help and usage information", "", []))
        .Concat(FirstWord is null ? [new ManualOption("--version", "", "Show version information", "", [])] : []);

    /// <summary>The words that may follow <see cref="FirstWord"/>. Those of the usual way are branches of their own.</summary>
    public IEnumerable<Command> Verbs => FirstWord is null ? [] : Command.Subcommands;

    /// <summary>The arguments, with what they are.</summary>
    public IEnumerable<(string Name, string Description)> Arguments =>
        Command.Arguments.Where(argument => !argument.Hidden).Select(argument => (argument.Name, argument.Description ?? ""));
}
