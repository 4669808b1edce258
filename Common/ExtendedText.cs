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
#pragma warning restore CS1591
}
