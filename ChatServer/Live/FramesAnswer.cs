using System.Globalization;
using System.Text.Json;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Http;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Live;

/// <summary>Answers which frames a connection has received and sent last, for a server with <c>--trace</c>.</summary>
internal static class FramesAnswer
{
    /// <summary>Answers <c>?client=17</c>.</summary>
    public static void Send(HttpRequest request, HttpReply reply, LiveView view)
    {
        if (!view.Texts.AreShown)
        {
            reply.SendText(403, "The server shows frames only with --trace.");
        }
        else if (!long.TryParse(request.Parameter("client"), NumberStyles.None, CultureInfo.InvariantCulture, out long client)
            || view.Frames(client) is not IReadOnlyList<RecentFrame> frames)
        {
            reply.SendText(404, "There is no such client.");
        }
        else
        {
            reply.Send(200, "application/json", Write(frames));
        }
    }

    private static byte[] Write(IReadOnlyList<RecentFrame> frames)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartArray();
            foreach (RecentFrame frame in frames)
            {
                ReadOnlySpan<byte> text = frame.Bytes.AsSpan().TrimEnd(Frame.Padding);
                json.WriteStartObject();
                json.WriteBoolean("received", frame.IsReceived);
                json.WriteNumber("number", frame.Number);
                json.WriteString("time", frame.Time.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture));
                json.WriteString("text", VisibleText.Show(text));
                json.WriteNumber("length", text.Length);
                json.WriteNumber("padding", frame.Bytes.Length - text.Length);
                json.WriteNumber("size", frame.Bytes.Length);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return bytes.ToArray();
    }
}
