namespace ThreadedChat.Common;

/// <summary>
/// The texts of the extended mode (docs/extended.md). A server without it never sends them. <c>{0}</c> is filled in by
/// <see cref="ProtocolText.Fill"/>.
/// </summary>
public static class ExtendedText
{
#pragma warning disable CS1591 // A text says itself what it is; docs/extended.md says when it is sent.
    public const string NotInChannel = "Not currently in any channel.";
    public const string WhoRequiresArgument =
        ControlMessage.Who + " command must be followed by the name of a channel, or be sent from within a channel.";
    public const string NobodyInChannel = "Nobody is in channel {0}.";
    public const string MsgRequiresArguments = ControlMessage.Msg + " command must be followed by a name and a text.";
    public const string NobodyOfThatName = "Nobody named {0} is here.";
    public const string HistoryTakesNumber = ControlMessage.History + " command takes a number of messages, from 1 to 200.";
    public const string HistoryIsEmpty = "Nothing was said here yet.";
    public const string HistoryCannotBeRead = "The history cannot be read now.";
    public const string SearchRequiresWords = ControlMessage.Search + " command must be followed by words to look for.";
    public const string NothingFound = "Nothing was found.";
#pragma warning restore CS1591

    /// <inheritdoc cref="ProtocolText.Lines"/>
    public static IReadOnlyList<string> Lines { get; } =
    [
        NotInChannel, WhoRequiresArgument, NobodyInChannel, MsgRequiresArguments, NobodyOfThatName, HistoryTakesNumber, HistoryIsEmpty,
        HistoryCannotBeRead, SearchRequiresWords, NothingFound,
    ];
}
