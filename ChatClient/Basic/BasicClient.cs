using System.Net.Sockets;
using ThreadedChat.ChatClient.Connection;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.ChatClient.Terminals;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Basic;

/// <summary>
/// The client of the assignment's part 0 (docs/protocol.md, section 7): it sends one line of
/// standard input to the server unchanged, without frame, padding or line break. Uses one thread.
/// </summary>
internal static class BasicClient
{
    private const int BytesPerRead = 4 * 1024;

    /// <summary>Connects, sends the line and closes.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Run(string host, int port, Terminal terminal, Screen screen)
    {
        using ServerConnection? server = ServerConnection.TryOpen(host, port);
        if (server is null)
        {
            screen.Close(ProtocolText.Format(ProtocolText.CannotConnect, host, port) + "\n");
            return ExitCode.NoServer;
        }

        try
        {
            SendLine(terminal, server);
            server.EndSending();
            return ExitCode.Done;
        }
        catch (SocketException)
        {
            screen.Close(ProtocolText.Format(ProtocolText.ServerDisconnected, host, port) + "\n");
            return ExitCode.NoServer;
        }
    }

    /// <summary>Sends the bytes up to the first <c>\n</c> as they are read, so any length and any encoding will do.</summary>
    private static void SendLine(Terminal terminal, ServerConnection server)
    {
        var buffer = new byte[BytesPerRead];
        while (terminal.Read(buffer) is > 0 and var count)
        {
            ReadOnlySpan<byte> read = buffer.AsSpan(0, count);
            int lineBreak = read.IndexOf((byte)'\n');
            server.Send(lineBreak < 0 ? read : read[..lineBreak]);
            if (lineBreak >= 0)
            {
                return;
            }
        }
    }
}
