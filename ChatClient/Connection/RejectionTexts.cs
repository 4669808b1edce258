using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Connection;

/// <summary>Recognises the texts with which a server rejects a client.</summary>
internal static class RejectionTexts
{
    private static readonly string[] Removals =
        [AccountText.Kicked, AccountText.TakenOver, AccountText.AccountChanged, AccountText.Banned];

    private static readonly string KickedBecause = AccountText.KickedBecause.Replace("{0}", "", StringComparison.Ordinal);
    private static readonly string[] NameBelongs = AccountText.NameBelongs.Split("{0}");
    private static readonly string[] NameInUse = ProtocolText.NameInUse.Split("{0}");

    /// <summary>The meaning of the only text that was received on a connection.</summary>
    public static ServerRejection Of(string text) => text switch
    {
        ProtocolText.NameRefused or AccountText.WrongToken or AccountText.MembersOnly or AccountText.Banned => ServerRejection.NameRefused,
        ProtocolText.ServerFull or ProtocolText.TooManyFromAddress or ProtocolText.ChatUnreachable or AccountText.TooManyFailures => ServerRejection.ServerFull,
        // These contain the name as the server has cleaned it.
        _ when IsAround(text, NameInUse) => ServerRejection.NameInUse,
        _ when IsAround(text, NameBelongs) => ServerRejection.NameRefused,
        _ => ServerRejection.None,
    };

    /// <summary>True for a text after which the client must not connect again: the server would reject it, or two clients of one user would disconnect each other.</summary>
    public static bool IsRemoval(string text) => Removals.Contains(text) || text.StartsWith(KickedBecause, StringComparison.Ordinal);

    private static bool IsAround(string text, string[] parts) =>
        text.StartsWith(parts[0], StringComparison.Ordinal) && text.EndsWith(parts[1], StringComparison.Ordinal);
}
