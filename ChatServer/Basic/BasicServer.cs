using System.Net.Sockets;

namespace ThreadedChat.ChatServer.Basic;

/// <summary>
/// The server of part 0: one client after the other, all that it sends until it closes, as it is, to an output, then a
/// newline (docs/protocol.md, section 7).
/// </summary>
internal static class BasicServer
{
    /// <summary>After an error (at the limit of open files, for example), accepting at once would fail again and use a whole processor.</summary>
    private static readonly TimeSpan AcceptPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Serves clients until <paramref name="listener"/> is disposed by another thread.</summary>
    /// <exception cref="IOException">The output takes no more.</exception>
    public static void Run(Socket listener, Stream output)
    {
        while (true)
        {
            try
            {
                using Socket client = listener.Accept();
                Copy(client, output);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                if (listener.SafeHandle.IsClosed)
                {
                    return;
                }

                Thread.Sleep(AcceptPause);
            }
        }
    }

    private static void Copy(Socket client, Stream output)
    {
        var buffer = new byte[4096];
        try
        {
            int count;
            while ((count = client.Receive(buffer)) > 0)
            {
                output.Write(buffer, 0, count);
                output.Flush();
            }
        }
        catch (SocketException)
        {
            // That client broke the connection off. The bytes that it sent before are a line.
        }

        output.WriteByte((byte)'\n');
        output.Flush();
    }
}
