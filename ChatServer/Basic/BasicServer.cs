using System.Net.Sockets;

namespace ThreadedChat.ChatServer.Basic;

/// <summary>
/// The server of part 0: one client after the other, all that it sends until it closes, as it is, to an output, then a
/// newline (docs/protocol.md, section 7).
/// </summary>
internal static class BasicServer
{
    /// <summary>Serves clients until <paramref name="listener"/> is disposed by another thread.</summary>
    public static void Run(Socket listener, Stream output)
    {
        while (true)
        {
            try
            {
                using Socket client = listener.Accept();
                Copy(client, output);
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException) when (!listener.SafeHandle.IsClosed)
            {
                // That client broke off; the next one is served.
            }
            catch (SocketException)
            {
                return;
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
        finally
        {
            // What came before a connection broke is a line like any other.
            output.WriteByte((byte)'\n');
            output.Flush();
        }
    }
}
