using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>What one server reports to the others about a channel or a mailbox with a congested member.</summary>
/// <param name="Server">The incarnation of the server that reports.</param>
/// <param name="IsSlow">False if there is space again.</param>
/// <param name="Place">A channel, as its creator typed it, or <see cref="Mailbox"/>.</param>
internal sealed record SlowNotice(long Server, bool IsSlow, string Place)
{
    private const byte Version = 1;

    /// <summary>The place of the messages to one person. No channel has a line break in its name.</summary>
    public static string Mailbox(string name) => $"\n{name}";

    /// <summary>What <see cref="Encode"/> made; null if the bytes are not a notice.</summary>
    public static SlowNotice? TryDecode(ReadOnlyMemory<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        if (reader.Byte() != Version)
        {
            return null;
        }

        var notice = new SlowNotice(reader.Int64(), reader.Byte() != 0, reader.Text(Frame.Size));
        return reader.IsAtEnd ? notice : null;
    }

    public ReadOnlyMemory<byte> Encode()
    {
        var bytes = new ByteWriter();
        bytes.Byte(Version);
        bytes.Int64(Server);
        bytes.Byte(IsSlow ? (byte)1 : (byte)0);
        bytes.Text(Place);
        return bytes.Written;
    }
}
