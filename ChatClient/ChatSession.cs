using System.Collections.Concurrent;
using System.Net.Sockets;
using ThreadedChat.Common;
using ThreadedChat.Common.Tracing;

namespace ThreadedChat.ChatClient;

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
    public static int Run(ClientOptions options, Terminal terminal, Screen screen, TraceWriter? trace)
    {
        // Not disposed: under a thread that waits in it that would reset the connection, and what is still on its
        // way to the server would be lost. The end of the process closes it gently.
        ServerConnection? server = ServerConnection.TryOpen(options.Host, options.Port, trace);
        if (server is null)
        {
            screen.Close(ProtocolText.Format(ProtocolText.CannotConnect, options.Host, options.Port) + "\n");
            return ExitCode.NoServer;
        }

        try
        {
            Greet(server, options.Name);
            screen.ShowPrompt();
        }
        catch (IOException)
        {
            return ExitCode.Done;
        }

        var events = new BlockingCollection<SessionEvent>();
        StartThread("socket", () => ReceiveLoop.Run(server, screen, events));
        StartThread("input", () =>
            InputLoop.Run(new LineReader(terminal), new LineFramer(options.Name), server, screen, events));

        switch (events.Take())
        {
            case SessionEvent.InputEnded:
                SayGoodbye(server);
                events.TryTake(out _, LastWords);
                return ExitCode.Done;

            case SessionEvent.ServerGone:
                string text = ProtocolText.Format(ProtocolText.ServerDisconnected, options.Host, options.Port);
                screen.Close($"{ProtocolText.WipeMe}\r{text}\n");
                return ExitCode.NoServer;

            default:
                return ExitCode.Done;
        }
    }

    private static void Greet(ServerConnection server, string name)
    {
        try
        {
            server.Send(Frame.Encode(name));
        }
        catch (SocketException)
        {
            // The server is gone already: the thread "socket" will find out.
        }
    }

    private static void SayGoodbye(ServerConnection server)
    {
        try
        {
            server.EndSending();
        }
        catch (SocketException)
        {
            // The server was quicker.
        }
    }

    /// <summary>In the background: it must not keep the process alive while it waits.</summary>
    private static void StartThread(string name, ThreadStart loop) =>
        new Thread(loop) { Name = name, IsBackground = true }.Start();
}
