using ThreadedChat.ChatCheck.Texts;

namespace ThreadedChat.ChatCheck.Programs;

/// <summary>Starts a command as processes of the system.</summary>
internal sealed class CommandSource(CommandTemplate command) : IProgramSource
{
    /// <inheritdoc/>
    public IProgram Start(ProgramArguments arguments)
    {
        string[] words = command.Fill(arguments);
        return ProgramFiles.Find(words[0]) is string file
            ? new ProcessProgram(file, words[1..], arguments.Streams)
            : throw new CannotStartException(new Text($"There is no program '{words[0]}'.", $"Não existe o programa '{words[0]}'."));
    }
}
