using System.Collections.Concurrent;
using System.Diagnostics;
using ThreadedChat.ChatClient.Connection;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Session;

/// <summary>
/// The thread "socket": receives frames and shows them. Only this thread receives, and connects again.
/// </summary>
/// <param name="options">Whether the client reconnects, and whether there are several servers.</param>
/// <param name="link">The connection.</param>
/// <param name="screen">Shows the texts.</param>
/// <param name="conversation">Gets all texts and connections.</param>
/// <param name="ignored">The names whose texts are not shown.</param>
/// <param name="watch">Detects that the server is unreachable; null in plain output.</param>
/// <param name="backOff">The times between two attempts.</param>
/// <param name="events">Told when there will be no further connection.</param>
/// <param name="report">Takes a line for the user that is no part of the conversation.</param>
internal sealed class ReceiveLoop(
    ClientOptions options,
    ServerLink link,
    Screen screen,
    Conversation conversation,
    IgnoredNames ignored,
    AnswerWatch? watch,
    BackOff backOff,
    BlockingCollection<SessionEvent> events,
    Action<string> report)
{
    /// <summary>Shown once for all attempts.</summary>
    public const string TryingAgain = "Trying to connect again ...";

    private readonly RetryRule _rule = new(TimeProvider.System);

    /// <summary>The texts for the user at the end about lines that did not arrive. Set before <see cref="SessionEvent.ServerGone"/>.</summary>
    public IReadOnlyList<string> Lost { get; private set; } = [];

    /// <summary>Shows the frames of the server, until the connection is lost and no other will follow.</summary>
    public void Run()
    {
        try
        {
            var reception = new Reception(link, screen, conversation, ignored, watch);
            long connected = Stopwatch.GetTimestamp();
            reception.ShowUntilServerIsGone();
            if (reception.ServerRejection == ServerRejection.None)
            {
                _rule.LetIn();
            }

            while (MayGoOn(reception))
            {
                backOff.Reset(Stopwatch.GetElapsedTime(connected));
                screen.ShowNews(ProtocolText.Format(ProtocolText.ServerDisconnected, link.Server.Host, link.Server.Port));
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

    /// <summary>Notes the lines lost with a connection that has ended. True if the client is to connect again.</summary>
    private bool MayGoOn(Reception ended)
    {
        ended.Dispose();
        if (!link.IsEnding)
        {
            screen.ShowPause(link.IsBroken);
        }

        // A server that rejects a client does not read its lines, even if they have arrived.
        ServerRejection rejection = ended.ServerRejection;
        Lost = conversation.Lost(rejection == ServerRejection.None ? link.ArrivedFrames : 0, link.IsBroken);
        screen.ShowStatus(conversation.Status);
        if (!options.Reconnects || link.IsEnding || ended.IsRemoved || _rule.IsForGood(rejection))
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
    /// Tries until the server accepts the client. Shows the reason of a rejection once, until the reason changes. Null if the
    /// rejection is final, or the session is to end.
    /// </summary>
    private Reception? Reconnect(Reception ended)
    {
        string told = ended.ServerRejection == ServerRejection.None ? "" : ended.FirstText;
        while (true)
        {
            Thread.Sleep(backOff.Next());
            string? channel = conversation.Channel;
            if (!link.TryConnect(channel))
            {
                if (link.Fault is { IsFinal: true } fault)
                {
                    report(fault.Text);
                    return null;
                }

                continue;
            }

            if (link.News is { } news)
            {
                report(news);
            }

            conversation.Connected(link.Number, channel);
            var reception = new Reception(link, screen, conversation, ignored, watch);
            if (reception.Lasts())
            {
                _rule.LetIn();
                string server = options.OtherServers.Count > 0 ? $" to {link.Server}" : "";
                screen.ShowNews(channel is null ? $"Connected again{server}." : $"Connected again{server}, joining {channel}.");
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
