using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Connection;

/// <summary>Why a server that was reached does not let us in. It says so in the only frame it sends, and closes.</summary>
internal enum Refusal
{
    /// <summary>It does, or gives no reason that is known.</summary>
    None,

    /// <summary>The name will never do.</summary>
    NameRefused,

    /// <summary>Somebody has the name. After a connection was lost that may be this client, still.</summary>
    NameInUse,

    /// <summary>There is no room at the moment.</summary>
    ServerFull,
}

/// <summary>Reads refusals.</summary>
internal static class Refusals
{
    private static readonly string[] NameInUse = ProtocolText.NameInUse.Split("{0}");

    /// <summary>What <paramref name="text"/>, of the first frame of a connection that has ended, refuses.</summary>
    public static Refusal Of(string text) => text switch
    {
        ProtocolText.NameRefused => Refusal.NameRefused,
        ProtocolText.ServerFull or ProtocolText.TooManyFromAddress => Refusal.ServerFull,
        // The server names the name as it has cleaned it.
        _ when text.StartsWith(NameInUse[0], StringComparison.Ordinal) && text.EndsWith(NameInUse[1], StringComparison.Ordinal) => Refusal.NameInUse,
        _ => Refusal.None,
    };
}
