using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Channels;

namespace ThreadedChat.ChatServer.Commands;

/// <summary>The control messages that a server knows, by their words.</summary>
/// <exception cref="ArgumentException">Two commands have the same word.</exception>
internal sealed class CommandTable(params IEnumerable<ControlCommand> commands)
{
    private readonly Dictionary<string, ControlCommand> _commands =
        commands.ToDictionary(command => command.Word, StringComparer.Ordinal);

    /// <summary>The commands of the assignment.</summary>
    public static CommandTable OfAssignment(IChat chat, ILogger log) =>
        new(new CreateCommand(chat, log), new JoinCommand(chat, log), new ListCommand(chat));

    /// <summary>Those, and the commands of the extended mode; without a history, none that asks for it.</summary>
    public static CommandTable Extended(IChat chat, People people, IHistory? history, ILogger log)
    {
        List<ControlCommand> commands =
        [
            new CreateCommand(chat, log),
            new JoinCommand(chat, log),
            new LeaveCommand(chat),
            new ListCommand(chat),
            new WhoCommand(chat),
            new MsgCommand(people),
        ];
        if (history is not null)
        {
            commands.Add(new HistoryCommand(history));
            commands.Add(new SearchCommand(history));
        }

        return new([.. commands, new HelpCommand(commands)]);
    }

    /// <summary>The command with this word, in exactly these letters; null if there is none.</summary>
    public ControlCommand? Find(string word) => _commands.GetValueOrDefault(word);
}
