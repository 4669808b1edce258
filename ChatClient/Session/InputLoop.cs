using System.Collections.Concurrent;
using ThreadedChat.ChatClient.Connection;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.ChatClient.Input;

namespace ThreadedChat.ChatClient.Session;

/// <summary>The thread "input": reads lines and sends frames. During the session no other thread sends.</summary>
/// <param name="options">Whether the client reconnects.</param>
/// <param name="link">The connection.</param>
/// <param name="screen">Where lines are entered.</param>
/// <param name="conversation">Knows the next frames to send.</param>
/// <param name="commands">The commands that the client handles itself; null in plain output, where all lines go to the server.</param>
/// <param name="seen">Keeps the typed lines; null keeps none.</param>
/// <param name="events">Told when the input has ended.</param>
internal sealed class InputLoop(
    ClientOptions options,
    ServerLink link,
    Screen screen,
    Conversation conversation,
    ClientCommands? commands,
    SeenLines? seen,
    BlockingCollection<SessionEvent> events)
{
    // How often the end of the input looks for the answer that the last lines wait for.
    private static readonly TimeSpan WhileDraining = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// Sends all lines. May wait without limit, for input or for a server that does not read.
    /// </summary>
    public void Run(ILineSource lines, LineFramer framer)
    {
        try
        {
            bool isOver = false;
            while (!isOver && lines.Read() is { } part)
            {
                if (commands?.Handle(part) is { } result)
                {
                    isOver = result.IsQuit;
                    if (result.ToSend is not { } toSend)
                    {
                        continue;
                    }

                    part = part with { Text = toSend };
                }

                if (!Enter(part, framer.Next(part)))
                {
                    return; // the thread "socket" reports this after it has shown all that it received
                }
            }

            Drain();
            events.Add(SessionEvent.InputEnded);
        }
        catch (IOException)
        {
            events.Add(SessionEvent.OutputGone);
        }
    }

    /// <summary>
    /// Does the work that is due while the user types nothing: sends the lines whose channel is now known, and asks after a pause whether the
    /// server has handled the last ones. Returns how long to wait at most until the next call; null for no limit.
    /// </summary>
    /// <exception cref="IOException">Standard output is closed.</exception>
    public TimeSpan? WhileIdle()
    {
        TrySendAll();
        screen.ShowPlace(conversation.Place);
        return conversation.UntilNext;
    }

    /// <summary>False if the connection is lost and the client does not reconnect.</summary>
    private bool Enter(LinePart part, FramedLine framed)
    {
        // Before the line is sent: the answer may arrive before this thread runs again, and the prompt must be on the screen by
        // then.
        if (framed.Notice is { } notice)
        {
            screen.ShowNotice(notice);
        }
        else if (part.EndsLine)
        {
            screen.ShowPrompt();
        }

        if (framed.Frames.Length == 0)
        {
            return true;
        }

        seen?.AddOwn(part.Text, framed.Command);
        conversation.Typed(part.Text, framed);
        return TrySendAll();
    }

    /// <summary>False if the connection is lost and the client does not reconnect.</summary>
    private bool TrySendAll()
    {
        while (conversation.Next() is { } next)
        {
            if (next.Connection == LineDelivery.NotConnected && !options.Reconnects)
            {
                return false;
            }

            if (next.News is { } news)
            {
                screen.ShowNews(news);
            }
            else if (!link.TrySend(next.Connection, next.Frames) && !options.Reconnects)
            {
                return false; // the thread "socket" notices too, and tells the user which lines were lost, including this one
            }
        }

        return true;
    }

    /// <summary>Sends the last lines, once their channel is known. The wait has the limits of the fence.</summary>
    private void Drain()
    {
        while (TrySendAll() && conversation.IsHolding)
        {
            Thread.Sleep(WhileDraining);
        }
    }
}
