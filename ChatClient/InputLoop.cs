using System.Collections.Concurrent;
using System.Net.Sockets;

namespace ThreadedChat.ChatClient;

/// <summary>The life of the thread "input": lines in, frames out. The only one that sends once the session runs.</summary>
internal static class InputLoop
{
    /// <summary>
    /// Sends each line and asks for the next, until there are no more. May wait for ever, for input or
    /// for a server that does not read.
    /// </summary>
    public static void Run(
        LineReader lines, LineFramer framer, ServerConnection server, Screen screen, BlockingCollection<SessionEvent> events)
    {
        try
        {
            while (lines.Read() is { } part)
            {
                (byte[] frames, string? notice) = framer.Next(part);

                // Before anything is sent: the answer may be here sooner than this thread runs again, and must find
                // the prompt on the screen.
                if (notice is not null)
                {
                    screen.ShowNotice(notice);
                }
                else if (part.EndsLine)
                {
                    screen.ShowPrompt();
                }

                if (frames.Length > 0)
                {
                    server.Send(frames);
                }
            }

            events.Add(SessionEvent.InputEnded);
        }
        catch (SocketException)
        {
            // The server is gone. The thread "socket" reports that, once it has shown all that came before.
        }
        catch (IOException)
        {
            events.Add(SessionEvent.OutputGone);
        }
    }
}
