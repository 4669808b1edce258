using System.Collections.Concurrent;
using ThreadedChat.ChatClient.Connection;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.ChatClient.Input;
using ThreadedChat.Common;
using ThreadedChat.Common.Tracing;

namespace ThreadedChat.ChatClient.Session;

/// <summary>
/// The chat client from connecting to its exit code. Three threads: "input" sends, "socket" receives, and the thread
/// that calls <see cref="Run"/> waits for the reports of the two and decides how the session ends.
/// </summary>
internal static class ChatSession
{
    /// <summary>How long the server may continue to send, in total, after the input has ended.</summary>
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Runs until the input ends, the server is gone, or standard output is closed.</summary>
    /// <param name="options">Of this session.</param>
    /// <param name="frontEnd">The screen and the source of lines.</param>
    /// <param name="trace">Null for no trace.</param>
    /// <param name="log">Null for no log.</param>
    /// <param name="tls">Null for connections without encryption.</param>
    /// <param name="report">Takes a line for the user that is no part of the conversation.</param>
    /// <returns>One of <see cref="ExitCode"/>. The two threads may still be blocked: end the process.</returns>
    public static int Run(ClientOptions options, FrontEnd frontEnd, TraceWriter? trace, LogFile? log, TlsClient? tls, Action<string> report)
    {
        bool isAtTerminal = frontEnd.MayAddText;
        SeenLines? seen = isAtTerminal || log is not null ? new SeenLines(TimeProvider.System, log) : null;
        Screen screen = seen is null ? frontEnd.Screen : new RecordingScreen(frontEnd.Screen, seen);
        // Not closed: closing a socket while a thread waits in it resets the connection, and bytes on their way to the server
        // are lost. The end of the process closes it gracefully.
        var link = new ServerLink(options.Name, new ServerRotation(options.Servers), trace, tls, options.Token);
        var backOff = new BackOff(Random.Shared);
        try
        {
            if (!FirstConnection.Make(options, link, frontEnd, backOff, report))
            {
                return ExitCode.NoServer;
            }

            if (isAtTerminal)
            {
                screen.ShowBeforePrompt(Welcome(link.Server));
            }

            screen.ShowPrompt();
        }
        catch (IOException e) when (e is not FileNotFoundException) // only that one has another cause than standard output
        {
            return ExitCode.Done;
        }

        var conversation = new Conversation(TimeProvider.System, usesFence: isAtTerminal, options.Name, options.Backlog);
        conversation.Connected(link.Number);
        var framer = new LineFramer(options.Name);
        var ignored = new IgnoredNames(options.Ignore);
        ClientCommands? commands = isAtTerminal ? new ClientCommands(frontEnd.Screen, seen!, ignored, conversation) : null;

        var events = new BlockingCollection<SessionEvent>();
        var input = new InputLoop(options, link, screen, conversation, commands, seen, events);
        ILineSource lines = frontEnd.OpenLines(conversation, framer, input.WhileIdle);

        AnswerWatch? watch = isAtTerminal ? new AnswerWatch(link, screen, conversation) : null;
        var receiver = new ReceiveLoop(options, link, screen, conversation, ignored, watch, backOff, events, report);
        StartThread("socket", receiver.Run);
        StartThread("input", () => input.Run(lines, framer));

        switch (events.Take())
        {
            case SessionEvent.InputEnded:
                if (link.EndSending())
                {
                    events.TryTake(out _, DrainTimeout);
                }

                return ExitCode.Done;

            case SessionEvent.ServerGone:
                string[] finalLines =
                [
                    ProtocolText.Format(ProtocolText.ServerDisconnected, link.Server.Host, link.Server.Port),
                    .. frontEnd.MayAddText || options.Reconnects ? receiver.Lost : [], // otherwise docs/protocol.md fixes the bytes
                ];
                screen.Close(string.Concat(finalLines.Select(line => $"{line}\n")));
                return ExitCode.NoServer;

            default:
                return ExitCode.Done;
        }
    }

    /// <summary>The first line at a terminal: for a user who has never seen the program.</summary>
    private static string Welcome(ServerAddress server) => ProtocolText.Format(
        "-- connected to {0}:{1} -- /list shows the channels, /join NAME joins one, /create NAME creates one; /help shows more", server.Host, server.Port);

    /// <summary>A background thread, because a thread that waits must not keep the process alive.</summary>
    private static void StartThread(string name, ThreadStart loop) =>
        new Thread(loop) { Name = name, IsBackground = true }.Start();
}
