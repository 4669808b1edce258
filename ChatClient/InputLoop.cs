using System.Collections.Concurrent;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient;

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

                if (frames.Length > 0 && !TrySend(frames))
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
    private bool TrySend(byte[] frames)
    {
        bool mayBeCommand = frames.Length == Frame.Size; // what is longer is none
        if (mayBeCommand)
        {
            conversation.Said(Frame.Decode(frames));
        }

        if (link.TrySend(frames))
        {
            return true;
        }

        if (mayBeCommand)
        {
            conversation.TakeBack();
        }

        if (options.Reconnects)
        {
            screen.ShowNews(NotSent);
        }

        return options.Reconnects;
    }
}
