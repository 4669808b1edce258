namespace ThreadedChat.ChatCheck.Suites.Client;

/// <summary>All cases for chat clients.</summary>
internal static class ClientCases
{
    /// <summary>The groups in the order in which they are played.</summary>
    public static readonly IReadOnlyList<CaseGroup<ClientFixture>> Groups = [SendingCases.Group, ShowingCases.Group, EndingCases.Group];
}
