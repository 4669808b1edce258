using System.Diagnostics;
using System.Net.Sockets;

namespace ThreadedChat.ChatServer.Http;

/// <summary>One answer, on a thread of its own; then the connection is closed in order.</summary>
/// <param name="socket">The socket, which it closes.</param>
/// <param name="answer">Gives the answer.</param>
/// <param name="limits">Its time limits.</param>
internal sealed class HttpConnection(Socket socket, Action<HttpReply> answer, HttpLimits limits) : IDisposable
{
    private const int StackSize = 256 * 1024;

    private Thread? _thread;

    /// <summary>Starts the thread.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="run">Calls <see cref="Run"/>.</param>
    /// <exception cref="OutOfMemoryException">There is no thread for it.</exception>
    /// <exception cref="ThreadStartException">The same.</exception>
    public void Start(string name, Action<HttpConnection> run)
    {
        var thread = new Thread(() => run(this), StackSize) { Name = name, IsBackground = true };
        thread.Start();
        Volatile.Write(ref _thread, thread);
    }

    /// <summary>Waits for the end of the thread. False if it has not ended within <paramref name="limit"/>.</summary>
    public bool AwaitEnd(TimeSpan limit) => Volatile.Read(ref _thread)?.Join(limit) ?? true;

    /// <summary>The body of the thread. A mistake of the other side only ends the connection.</summary>
    public void Run()
    {
        try
        {
            answer(new HttpReply(socket, limits.Piece));
            End();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The other side is gone, is too slow, or the server stops.
        }
        finally
        {
            Dispose();
        }
    }

    /// <summary>Closes the socket. A thread that waits for it continues.</summary>
    public void Dispose() => socket.Dispose();

    /// <summary>To close with unread input would reset the connection, and the other side could lose the answer.</summary>
    private void End()
    {
        socket.Shutdown(SocketShutdown.Send);
        Span<byte> buffer = stackalloc byte[1024];
        long start = Stopwatch.GetTimestamp();
        TimeSpan left;
        while ((left = limits.End - Stopwatch.GetElapsedTime(start)) > TimeSpan.Zero
            && socket.Poll(left, SelectMode.SelectRead)
            && socket.Receive(buffer) > 0)
        {
        }
    }
}
