using System.Text;

namespace ThreadedChat.Common;

/// <summary>
/// The texts of the protocol, exactly as in other implementations (docs/protocol.md, section 6);
/// <c>{0}</c> and <c>{1}</c> are filled in by <see cref="Fill"/> or <see cref="Format"/>.
/// </summary>
public static class ProtocolText
{
#pragma warning disable CS1591 // The texts explain themselves; docs/protocol.md says when each is sent.

    // From the assignment.
    public const string CannotConnect = "Unable to connect to {0}:{1}";
    public const string ServerDisconnected = "Server at {0}:{1} has disconnected";
    public const string MessagePrefix = "[Me] ";
    public const string WipeMe = "\r    ";
    public const string InvalidControlMessage =
        "{0} is not a valid control message. Valid messages are "
        + $"{ControlMessage.Create}, {ControlMessage.List}, and {ControlMessage.Join}.";
    public const string NoChannelExists = "No channel named {0} exists. Try '" + ControlMessage.Create + " {0}'?";
    public const string JoinRequiresArgument = ControlMessage.Join + " command must be followed by the name of a channel to join.";
    public const string ClientJoined = "{0} has joined";
    public const string ClientLeft = "{0} has left";
    public const string ChannelExists = "Room {0} already exists, so cannot be created.";
    public const string CreateRequiresArgument =
        ControlMessage.Create + " command must be followed by the name of a channel to create";
    public const string ClientNotInChannel =
        "Not currently in any channel. Must join a channel before sending messages.";

    // Added, for cases that the assignment does not have.
    public const string NameRefused =
        "That name cannot be used: a name has 1 to 64 bytes and no brackets or line breaks.";
    public const string NameInUse = "The name {0} is already in use.";
    public const string ServerFull = "The server is full. Please try again later.";
    public const string TooManyFromAddress = "There are too many connections from your address. Please try again later.";
    public const string TlsOnly = "This port speaks TLS only. Connect with TLS (client --tls), or to a port without it.";
    public const string ChatUnreachable = "The chat cannot be reached. Please try again later.";
    public const string TooManyChannels = "No more channels can be created on this server.";

#pragma warning restore CS1591

    /// <summary>The texts that are whole lines.</summary>
    public static IReadOnlyList<string> Lines { get; } =
    [
        CannotConnect, ServerDisconnected, InvalidControlMessage, NoChannelExists, JoinRequiresArgument, ClientJoined, ClientLeft, ChannelExists,
        CreateRequiresArgument, ClientNotInChannel, NameRefused, NameInUse, ServerFull, TooManyFromAddress, TlsOnly, ChatUnreachable, TooManyChannels,
    ];

    /// <summary>
    /// <paramref name="text"/> with each <c>{0}</c> replaced, for a frame: <paramref name="argument"/> is
    /// shortened, between characters, until the whole has at most <see cref="Frame.Size"/> bytes.
    /// </summary>
    public static string Fill(string text, string argument)
    {
        int places = text.Split("{0}").Length - 1;
        int fixedBytes = Encoding.UTF8.GetByteCount(text) - (places * "{0}".Length);
        int room = (Frame.Size - fixedBytes) / Math.Max(places, 1);

        byte[] utf8 = Encoding.UTF8.GetBytes(argument);
        string shortened = Encoding.UTF8.GetString(utf8, 0, Utf8.CutAtMost(utf8, room));
        return text.Replace("{0}", shortened, StringComparison.Ordinal);
    }

    /// <summary>
    /// <see cref="CannotConnect"/> or <see cref="ServerDisconnected"/> with the host as it was typed and the
    /// port. The client prints these and does not send them, so nothing is shortened.
    /// </summary>
    public static string Format(string text, string host, int port) =>
        text.Replace("{1}", port.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{0}", host, StringComparison.Ordinal);
}
