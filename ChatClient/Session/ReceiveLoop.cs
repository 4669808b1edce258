using System.Collections.Concurrent;
using System.Diagnostics;
using ThreadedChat.ChatClient.Connection;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Session;

/// <summary>
/// The life of the thread "socket": frames in, lines on the screen. The only one that receives, and that connects again.
/// </summary>
internal sealed class ReceiveLoop(
    ClientOptions options,
    ServerLink link,
    Screen screen,
    Conversation conversation,
    BackOff backOff,
    BlockingCollection<SessionEvent> events)
{
    /// <summary>Shown once, however often it then tries.</summary>
    public const string TryingAgain = "Trying to connect again ...";

    private readonly RetryRule _rule = new(TimeProvider.System);

    /// <summary>What to tell, at the end, about lines that went out and did not arrive. Set before <see cref="SessionEvent.ServerGone"/>.</summary>
    public IReadOnlyList<string> Lost { get; private set; } = [];

    /// <summary>Shows what the server sends, all that one receive brings in one write, until the server is gone for good.</summary>
    public void Run()
    {
        try
        {
            var reception = new Reception(link, screen, conversation);
            long connected = Stopwatch.GetTimestamp();
            reception.ShowUntilServerIsGone();
            if (reception.Refusal == Refusal.None)
            {
                _rule.LetIn();
            }

            while (MayGoOn(reception))
            {
                backOff.Reset(Stopwatch.GetElapsedTime(connected));
                screen.ShowNews(ProtocolText.Format(ProtocolText.ServerDisconnected, options.Host, options.Port));
                TellLost();
                screen.ShowNews(TryingAgain);
                if (Reconnect(reception) is not { } next)
                {
                    break;
                }

                reception = next;
                connected = Stopwatch.GetTimestamp();
                reception.ShowUntilServerIsGone();
            }

            events.Add(SessionEvent.ServerGone);
        }
        catch (IOException)
        {
            events.Add(SessionEvent.OutputGone);
        }
    }

    /// <summary>A connection is over, whose lost lines are noted; whether there is to be another.</summary>
    private bool MayGoOn(Reception ended)
    {
        ended.Dispose();
        if (!link.IsEnding)
        {
            screen.ShowPause();
        }

        // Who was refused was not listened to, whatever of it has arrived.
        Refusal refusal = ended.Refusal;
        Lost = conversation.Lost(refusal == Refusal.None ? link.ArrivedFrames : 0, link.IsBroken);
        if (!options.Reconnects || link.IsEnding || _rule.IsForGood(refusal))
        {
            return false;
        }

        link.Drop();
        return true;
    }

    private void TellLost()
    {
        foreach (string line in Lost)
        {
            screen.ShowNews(line);
        }

        Lost = [];
    }

    /// <summary>
    /// Tries until the server has let us in again; says nothing about tries, but shows what a server says that refuses us, once
    /// as long as it says the same. Null if that is for good, or it is time to end.
    /// </summary>
    private Reception? Reconnect(Reception ended)
    {
        string told = ended.Refusal == Refusal.None ? "" : ended.FirstText;
        while (true)
        {
            Thread.Sleep(backOff.Next());
            string? channel = conversation.Channel;
            if (!link.TryConnect(channel))
            {
                continue;
            }

            conversation.Connected(link.Number, channel);
            var reception = new Reception(link, screen, conversation);
            if (reception.Lasts())
            {
                _rule.LetIn();
                screen.ShowNews(channel is null ? "Connected again." : $"Connected again, joining {channel}.");
                return reception;
            }

            if (reception.HeldText is { Length: > 0 } held && held != told)
            {
                told = held;
                reception.ShowHeld();
            }

            if (!MayGoOn(reception))
            {
                return null;
            }

            TellLost();
        }
    }
}
