using ThreadedChat.ChatServer.Http;

namespace ThreadedChat.ChatServer.Live;

/// <summary>
/// Sends one page what it shows, as server-sent events: at first everything, then four times a second what has changed. An event is made
/// when the one before it has been sent, so a browser that reads slowly gets fewer and larger ones, and nothing piles up.
/// </summary>
internal sealed class LiveStream(LiveView view)
{
    /// <summary>Sends until the browser is gone.</summary>
    public void Run(HttpReply reply)
    {
        reply.BeginStream("text/event-stream");
        LiveSnapshot shown = view.Current();
        SendEvent(reply, LiveDiff.All(shown, view.Texts, view.SoftLimit));
        while (true) // the end of the connection ends it
        {
            reply.Wait(LiveView.Interval);
            LiveSnapshot now = view.Current();
            SendEvent(reply, LiveDiff.Changes(shown, now));
            shown = now;
        }
    }

    private static void SendEvent(HttpReply reply, ReadOnlySpan<byte> json) => reply.Write([.. "data: "u8, .. json, .. "\n\n"u8]);
}
