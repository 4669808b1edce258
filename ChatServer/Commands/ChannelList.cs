using System.Text;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Commands;

/// <summary>The answer to <c>/list</c>.</summary>
internal static class ChannelList
{
    /// <summary>
    /// <paramref name="names"/> in their order, separated by <c>\n</c>, in as few frames as hold them, no name over two.
    /// Empty for no names.
    /// </summary>
    /// <param name="names">Channel names, each at most <see cref="Frame.Size"/> bytes of UTF-8.</param>
    public static byte[] Encode(IReadOnlyList<string> names)
    {
        using var frames = new MemoryStream();
        var line = new StringBuilder();
        int lineBytes = 0;

        foreach (string name in names)
        {
            int nameBytes = Encoding.UTF8.GetByteCount(name);
            if (lineBytes > 0 && lineBytes + 1 + nameBytes > Frame.Size)
            {
                frames.Write(Frame.Encode(line.ToString()));
                line.Clear();
                lineBytes = 0;
            }

            string separator = lineBytes > 0 ? "\n" : "";
            line.Append(separator).Append(name);
            lineBytes += separator.Length + nameBytes;
        }

        if (lineBytes > 0)
        {
            frames.Write(Frame.Encode(line.ToString()));
        }

        return frames.ToArray();
    }
}
