using System.Collections.Concurrent;
using ThreadedChat.ChatClient.Connection;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.ChatClient.Input;

namespace ThreadedChat.ChatClient.Session;

/// <summary>The life of the thread "input": lines in, frames out. The only one that sends once the session runs.</summary>
internal sealed class InputLoop(
    ClientOptions options, ServerLink link, Screen screen, Conversation conversation, BlockingCollection<SessionEvent> events)
{
    private const string NotSent = "Not connected: this line was not sent.";

    /// <summary>
    /// Sends each of <paramref name="lines"/> as <paramref name="framer"/> cuts it and asks for the next, until there are no
    /// more. May wait for ever, for input or for a server that does not read.
    /// </summary>
    public void Run(ILineSource lines, LineFramer framer)
    {
        try
        {
            while (lines.Read() is { } part)
            {
                FramedLine framed = framer.Next(part);

                // Before anything is sent: the answer may be here sooner than this thread runs again, and must find
                // the prompt on the screen.
                if (framed.Notice is { } notice)
                {
                    screen.ShowNotice(notice);
                }
                else if (part.EndsLine)
                {
                    screen.ShowPrompt();
                }

                if (framed.Frames.Length > 0 && !TrySend(part.Text, framed))
                {
                    return; // the thread "socket" reports that, once it has shown all that came before
                }
            }

            events.Add(SessionEvent.InputEnded);
        }
        catch (IOException)
        {
            events.Add(SessionEvent.OutputGone);
        }
    }

    /// <summary>False if the server is gone, and nobody tries to reach it again.</summary>
    private bool TrySend(string line, FramedLine framed)
    {
        int connection = conversation.Said(line, framed);
        if (connection != Conversation.NotConnected)
        {
            // Where that fails the thread "socket" finds out as well, and tells which lines were lost: this one, too.
            return link.TrySend(connection, framed.Frames) || options.Reconnects;
        }

        if (options.Reconnects)
        {
            screen.ShowNews(NotSent);
        }

        return options.Reconnects;
    }
}
