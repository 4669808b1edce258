using System.Collections.Concurrent;
using ThreadedChat.ChatClient.Connection;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.ChatClient.Input;
using ThreadedChat.Common;
using ThreadedChat.Common.Tracing;

namespace ThreadedChat.ChatClient.Session;

/// <summary>
/// The chat client from connecting to its exit code. Three threads: "input" sends, "socket" receives, and the one
/// that calls <see cref="Run"/> waits for what the two report and is alone in deciding how it ends.
/// </summary>
internal static class ChatSession
{
    /// <summary>How long, in all, a server has to say its last words once our input has ended.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    /// <summary>Chats until the input, the server or the output is at its end.</summary>
    /// <returns>One of <see cref="ExitCode"/>. The two threads may still wait for something: end the process.</returns>
    public static int Run(ClientOptions options, FrontEnd frontEnd, TraceWriter? trace)
    {
        Screen screen = frontEnd.Screen;
        // Not closed: under a thread that waits in it that would reset the connection, and what is still on its
        // way to the server would be lost. The end of the process closes it gently.
        var link = new ServerLink(options.Name, options.Host, options.Port, trace);
        var backOff = new BackOff(Random.Shared);
        try
        {
            if (!FirstConnection.Make(options, link, frontEnd, backOff))
            {
                return ExitCode.NoServer;
            }

            screen.ShowPrompt();
        }
        catch (IOException e) when (e is not FileNotFoundException) // which is no matter of standard output
        {
            return ExitCode.Done;
        }

        var conversation = new Conversation(TimeProvider.System);
        conversation.Connected(link.Number);
        var framer = new LineFramer(options.Name);
        ILineSource lines = frontEnd.OpenLines(conversation, framer);

        var events = new BlockingCollection<SessionEvent>();
        var receiver = new ReceiveLoop(options, link, screen, conversation, backOff, events);
        StartThread("socket", receiver.Run);
        StartThread("input", () => new InputLoop(options, link, screen, conversation, events).Run(lines, framer));

        switch (events.Take())
        {
            case SessionEvent.InputEnded:
                if (link.EndSending())
                {
                    events.TryTake(out _, LastWords);
                }

                return ExitCode.Done;

            case SessionEvent.ServerGone:
                string[] lastWords =
                [
                    ProtocolText.Format(ProtocolText.ServerDisconnected, options.Host, options.Port),
                    .. frontEnd.MayAddText || options.Reconnects ? receiver.Lost : [], // else the bytes are fixed
                ];
                screen.Close(string.Concat(lastWords.Select(line => $"{line}\n")));
                return ExitCode.NoServer;

            default:
                return ExitCode.Done;
        }
    }

    /// <summary>In the background: it must not keep the process alive while it waits.</summary>
    private static void StartThread(string name, ThreadStart loop) =>
        new Thread(loop) { Name = name, IsBackground = true }.Start();
}
