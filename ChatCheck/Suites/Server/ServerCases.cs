namespace ThreadedChat.ChatCheck.Suites.Server;

/// <summary>All cases for chat servers.</summary>
internal static class ServerCases
{
    /// <summary>
    /// The groups in the order in which they are played. The lists come first: on a server that runs already, the channels
    /// of the other cases would not fit the one message that many implementations make of a list.
    /// </summary>
    public static readonly IReadOnlyList<CaseGroup<ServerFixture>> Groups =
    [
        ListCases.Group,
        NameCases.Group,
        MessageCases.Group,
        CreateCases.Group,
        JoinCases.Group,
        ControlCases.Group,
        DisconnectCases.Group,
        FrameCases.Group,
        NetworkCases.Group,
    ];
}
