using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Connection;

/// <summary>Recognises the texts with which a server rejects a client.</summary>
internal static class RejectionTexts
{
    private static readonly string[] NameInUse = ProtocolText.NameInUse.Split("{0}");

    /// <summary>The meaning of the only text that was received on a connection.</summary>
    public static ServerRejection Of(string text) => text switch
    {
        ProtocolText.NameRefused => ServerRejection.NameRefused,
        ProtocolText.ServerFull or ProtocolText.TooManyFromAddress or ProtocolText.ChatUnreachable => ServerRejection.ServerFull,
        // The text contains the name as the server has cleaned it.
        _ when text.StartsWith(NameInUse[0], StringComparison.Ordinal) && text.EndsWith(NameInUse[1], StringComparison.Ordinal) => ServerRejection.NameInUse,
        _ => ServerRejection.None,
    };
}
