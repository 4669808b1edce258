using ThreadedChat.ChatClient.Connection;
using ThreadedChat.ChatClient.Display;

namespace ThreadedChat.ChatClient.Session;

/// <summary>
/// Waits for bytes, and detects that a server which owes an answer sends nothing at all: then the server or the network has failed,
/// on any system much sooner than TCP notices. Used by the thread "socket".
/// </summary>
/// <param name="awaitBytes">Waits so long for bytes, and returns true if there are any.</param>
/// <param name="giveUp">Called once, when the server counts as unreachable.</param>
/// <param name="limit">How long the server may be silent.</param>
/// <param name="screen">Shows the lag.</param>
/// <param name="conversation">Knows whether the server owes an answer.</param>
internal sealed class AnswerWatch(
    Func<TimeSpan, bool> awaitBytes, Action giveUp, TimeSpan limit, Screen screen, Conversation conversation)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    public AnswerWatch(ServerLink link, Screen screen, Conversation conversation)
        : this(link.AwaitBytes, link.GiveUp, SilenceLimit.OfProcess.Answer, screen, conversation)
    {
    }

    /// <summary>Waits for bytes or the end of the stream. False if the server counts as unreachable.</summary>
    /// <exception cref="IOException">Standard output is closed.</exception>
    public bool AwaitBytes()
    {
        // The sum of the waits, and not a clock: while this process is stopped, it receives nothing from the server.
        TimeSpan silence = TimeSpan.Zero;
        while (!awaitBytes(Interval))
        {
            silence = conversation.IsOwedAnswer ? silence + Interval : TimeSpan.Zero;
            if (silence >= limit)
            {
                giveUp();
                return false;
            }

            conversation.Expire();
            screen.ShowStatus(conversation.Status);
        }

        return true;
    }
}
