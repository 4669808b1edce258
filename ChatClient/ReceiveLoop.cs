using System.Collections.Concurrent;
using System.Net.Sockets;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient;

/// <summary>The life of the thread "socket": frames in, lines on the screen. The only one that receives.</summary>
internal static class ReceiveLoop
{
    /// <summary>Shows what the server sends, all that one receive brings in one write, until the server is gone.</summary>
    public static void Run(ServerConnection server, Screen screen, BlockingCollection<SessionEvent> events)
    {
        try
        {
            ShowUntilServerIsGone(server, screen);
            events.Add(SessionEvent.ServerGone);
        }
        catch (IOException)
        {
            events.Add(SessionEvent.OutputGone);
        }
    }

    /// <summary>The end is the same whether the server closed between two frames, inside one (which is dropped), or reset.</summary>
    private static void ShowUntilServerIsGone(ServerConnection server, Screen screen)
    {
        using var buffer = new FrameBuffer();
        try
        {
            while (server.Receive(buffer.Free) is > 0 and var count)
            {
                buffer.Received(count);
                screen.ShowReceived(buffer.WholeFrames);
                buffer.Next();
            }
        }
        catch (SocketException)
        {
            // Reset.
        }
    }
}
