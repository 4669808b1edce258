using System.Text;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Accounts;

/// <summary>
/// The first frame of a client on a server with accounts: a name and, behind the first colon, a token. A name has no colon there: a token
/// that was typed with a mistake must never be shown as a part of a name.
/// </summary>
internal readonly ref struct LoginFrame
{
    private LoginFrame(ReadOnlySpan<byte> name, string? token)
    {
        Name = name;
        Token = token;
    }

    /// <summary>The bytes of the name. No other part of the server gets more of the frame.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>The text behind the colon, valid or not; null if there is no colon.</summary>
    public string? Token { get; }

    /// <summary>Reads a frame.</summary>
    public static LoginFrame Split(ReadOnlySpan<byte> frame)
    {
        int colon = frame.IndexOf((byte)AccountToken.Separator);
        return colon < 0
            ? new LoginFrame(frame, null)
            : new LoginFrame(frame[..colon], Encoding.UTF8.GetString(Frame.Text(frame[(colon + 1)..].TrimEnd((byte)0))).Trim());
    }
}
