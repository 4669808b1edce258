using System.Text;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Accounts;

/// <summary>
/// The first frame of a client on a server with accounts: a name and, behind the first colon, a token. A name has no colon there, and no word that
/// looks like a token: a login that was typed with a mistake must never be shown as a name.
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

    /// <summary>The secret part, valid or not; null if there is none.</summary>
    public string? Token { get; }

    /// <summary>Reads a frame.</summary>
    public static LoginFrame Split(ReadOnlySpan<byte> frame)
    {
        int secret = AccountToken.FindSecret(frame);
        if (secret < 0)
        {
            return new LoginFrame(frame, null);
        }

        ReadOnlySpan<byte> name = frame[..secret];
        return new LoginFrame(
            name.EndsWith((byte)AccountToken.Separator) ? name[..^1] : name,
            Encoding.UTF8.GetString(Frame.Text(frame[secret..].TrimEnd((byte)0))).Trim());
    }
}
