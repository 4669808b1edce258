using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Channels;

namespace ThreadedChat.ChatServer.Commands;

/// <summary>The control messages that a server knows, by their words.</summary>
/// <exception cref="ArgumentException">Two commands have the same word.</exception>
internal sealed class CommandTable(params IEnumerable<ControlCommand> commands)
{
    private readonly Dictionary<string, ControlCommand> _commands =
        commands.ToDictionary(command => command.Word, StringComparer.Ordinal);

    /// <summary>The commands of the assignment, and those of moderators if there are any.</summary>
    public static CommandTable OfAssignment(IChat chat, ILogger log, IModeration? moderation = null) =>
        new([new CreateCommand(chat, log), new JoinCommand(chat, log), new ListCommand(chat), .. OfModerators(moderation)]);

    /// <summary>Those, and the commands of the extended mode; without a history, none that asks for it.</summary>
    public static CommandTable Extended(
        IChat chat, IDirectMessages people, IHistory? history, ILogger log, IModeration? moderation = null)
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

        commands.AddRange(OfModerators(moderation));
        return new([.. commands, new HelpCommand(commands)]);
    }

    private static IEnumerable<ControlCommand> OfModerators(IModeration? moderation) => moderation is null ? [] :
    [
        new KickCommand(moderation),
        new BanCommand(moderation),
        new UnbanCommand(moderation),
        new BansCommand(moderation),
        new MuteCommand(moderation),
        new UnmuteCommand(moderation),
        new AnnounceCommand(moderation),
        new RemoveCommand(moderation),
    ];

    /// <summary>The command with this word, in exactly these letters; null if there is none.</summary>
    public ControlCommand? Find(string word) => _commands.GetValueOrDefault(word);
}
