using System.Collections.Concurrent;
using System.Diagnostics;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient;

/// <summary>
/// The life of the thread "socket": frames in, lines on the screen. The only one that receives, and that connects again.
/// </summary>
internal sealed class ReceiveLoop(
    ClientOptions options, ServerLink link, Screen screen, Conversation conversation, BlockingCollection<SessionEvent> events)
{
    private readonly BackOff _backOff = new();

    /// <summary>Shows what the server sends, all that one receive brings in one write, until the server is gone for good.</summary>
    public void Run()
    {
        try
        {
            long connected = Stopwatch.GetTimestamp();
            ShowUntilServerIsGone();
            while (options.Reconnects && !link.IsEnding)
            {
                _backOff.Reset(Stopwatch.GetElapsedTime(connected));
                string? channel = Reconnect();
                connected = Stopwatch.GetTimestamp();
                ShowUntilServerIsGone(notNews: channel is null ? null : ProtocolText.Fill(ProtocolText.ChannelExists, channel));
            }

            events.Add(SessionEvent.ServerGone);
        }
        catch (IOException)
        {
            events.Add(SessionEvent.OutputGone);
        }
    }

    /// <summary>The end is the same whether the server closed between two frames, inside one (which is dropped), or reset.</summary>
    /// <param name="notNews">What the first frame may say that nobody needs to see.</param>
    private void ShowUntilServerIsGone(string? notNews = null)
    {
        using var buffer = new FrameBuffer();
        while (link.Receive(buffer.Free) is > 0 and var count)
        {
            buffer.Received(count);
            ReadOnlySpan<byte> frames = buffer.WholeFrames;
            if (notNews is not null && !frames.IsEmpty)
            {
                frames = ReceivedFrame.Text(frames[..Frame.Size]) == notNews ? frames[Frame.Size..] : frames;
                notNews = null;
            }

            screen.ShowReceived(frames);
            for (; !frames.IsEmpty; frames = frames[Frame.Size..])
            {
                conversation.Heard(ReceivedFrame.Text(frames[..Frame.Size]));
            }

            buffer.Next();
        }

        if (!link.IsEnding)
        {
            screen.ShowPause();
        }
    }

    /// <summary>Tries until the server is back. Which channel it was asked for; null for none.</summary>
    private string? Reconnect()
    {
        link.Drop();
        screen.ShowNews(ProtocolText.Format(ProtocolText.ServerDisconnected, options.Host, options.Port));
        screen.ShowNews("Trying to connect again ...");

        string? channel = conversation.Channel;
        do
        {
            Thread.Sleep(_backOff.Next());
        }
        while (!link.TryConnect(channel));

        screen.ShowNews(channel is null ? "Connected again." : $"Connected again, joining {channel}.");
        return channel;
    }
}
