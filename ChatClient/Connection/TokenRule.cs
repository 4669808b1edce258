using System.Net;

namespace ThreadedChat.ChatClient.Connection;

/// <summary>Where a token may be sent: over an encrypted connection, or within this machine.</summary>
internal static class TokenRule
{
    private const string ThisMachine = "localhost";

    /// <summary>True if nobody on the way can read it, or the user has said that it may be read.</summary>
    /// <param name="host">As it was typed.</param>
    /// <param name="isEncrypted">Whether the connection is.</param>
    /// <param name="isInsecureAllowed">Whether the user has allowed clear text.</param>
    public static bool MaySend(string host, bool isEncrypted, bool isInsecureAllowed) => isEncrypted || isInsecureAllowed || IsThisMachine(host);

    private static bool IsThisMachine(string host) =>
        host.Equals(ThisMachine, StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));
}
