using System.Globalization;
using System.Text;

namespace ThreadedChat.ChatCheck.Wire;

/// <summary>
/// The texts of the assignment, and one of docs/protocol.md. Written down here a second time on purpose: the checker must
/// not take them from the code that it checks.
/// </summary>
internal static class ExpectedText
{
    public const string CannotConnect = "Unable to connect to {0}:{1}";
    public const string ServerDisconnected = "Server at {0}:{1} has disconnected";
    public const string MessagePrefix = "[Me] ";
    public const string WipeMe = "\r    ";
    public const string InvalidControlMessage =
        "{0} is not a valid control message. Valid messages are /create, /list, and /join.";
    public const string NoChannelExists = "No channel named {0} exists. Try '/create {0}'?";
    public const string ClientJoined = "{0} has joined";
    public const string ClientLeft = "{0} has left";
    public const string JoinRequiresArgument = "/join command must be followed by the name of a channel to join.";
    public const string ChannelExists = "Room {0} already exists, so cannot be created.";
    public const string CreateRequiresArgument = "/create command must be followed by the name of a channel to create";
    public const string ClientNotInChannel =
        "Not currently in any channel. Must join a channel before sending messages.";
    public const string NameRefused =
        "That name cannot be used: a name has 1 to 64 bytes and no brackets or line breaks.";

    /// <summary>The text with each <c>{0}</c> replaced by the argument, shortened so that the whole fits into a frame.</summary>
    public static string Fill(string text, string argument)
    {
        int places = text.Split("{0}").Length - 1;
        int fixedBytes = Encoding.UTF8.GetByteCount(text) - (places * "{0}".Length);
        string shortened = FrameFormat.Truncate(argument, (FrameFormat.Size - fixedBytes) / Math.Max(places, 1));
        return text.Replace("{0}", shortened, StringComparison.Ordinal);
    }

    /// <summary>The text with the host and the port. A client prints it, so nothing is shortened.</summary>
    public static string Format(string text, string host, int port) => text
        .Replace("{1}", port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{0}", host, StringComparison.Ordinal);
}
