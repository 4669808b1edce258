namespace ThreadedChat.ChatCheck.Wire;

/// <summary>The texts of docs/extended.md, written down a second time for the reason that <see cref="ExpectedText"/> has.</summary>
internal static class ExpectedExtendedText
{
    public const string NameInUse = "The name {0} is already in use.";
    public const string NotInChannel = "Not currently in any channel.";
    public const string WhoRequiresArgument =
        "/who command must be followed by the name of a channel, or be sent from within a channel.";
    public const string NobodyInChannel = "Nobody is in channel {0}.";
    public const string MsgRequiresArguments = "/msg command must be followed by a name and a text.";
    public const string NobodyOfThatName = "Nobody named {0} is here.";
    public const string HistoryTakesNumber = "/history command takes a number of messages, from 1 to 200.";
    public const string HistoryIsEmpty = "Nothing was said here yet.";
    public const string SearchRequiresWords = "/search command must be followed by words to look for.";
    public const string NothingFound = "Nothing was found.";
}
