using System.Collections.Concurrent;
using ThreadedChat.ChatClient.Connection;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.ChatClient.Input;

namespace ThreadedChat.ChatClient.Session;

/// <summary>The thread "input": reads lines and sends frames. During the session no other thread sends.</summary>
internal sealed class InputLoop(
    ClientOptions options, ServerLink link, Screen screen, Conversation conversation, BlockingCollection<SessionEvent> events)
{
    private const string NotSent = "Not connected: this line was not sent.";

    /// <summary>
    /// Sends all lines. May wait without limit, for input or for a server that does not read.
    /// </summary>
    public void Run(ILineSource lines, LineFramer framer)
    {
        try
        {
            while (lines.Read() is { } part)
            {
                FramedLine framed = framer.Next(part);

                // Before the line is sent: the answer may arrive before this thread runs again, and the prompt must be on the
                // screen by then.
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
                    return; // the thread "socket" reports this after it has shown all that it received
                }
            }

            events.Add(SessionEvent.InputEnded);
        }
        catch (IOException)
        {
            events.Add(SessionEvent.OutputGone);
        }
    }

    /// <summary>False if the connection is lost and the client does not reconnect.</summary>
    private bool TrySend(string line, FramedLine framed)
    {
        int connection = conversation.Said(line, framed);
        if (connection != Conversation.NotConnected)
        {
            // If this fails, the thread "socket" notices too, and tells the user which lines were lost, including this one.
            return link.TrySend(connection, framed.Frames) || options.Reconnects;
        }

        if (options.Reconnects)
        {
            screen.ShowNews(NotSent);
        }

        return options.Reconnects;
    }
}
