using System.Net.Sockets;

namespace ThreadedChat.ChatClient.Connection;

/// <summary>The exceptions that mean that there is no connection.</summary>
internal static class NetworkFault
{
    /// <summary>
    /// True for each exception of looking up a host, creating and connecting a socket, and starting a thread, that the host, the
    /// network or the machine can cause. The typed host may be too long or not a name (ArgumentException); the machine may not have
    /// the protocol of an address (NotSupportedException); another thread may close the socket (ObjectDisposedException, an
    /// InvalidOperationException); the process may have no thread left (OutOfMemoryException), or no file descriptor, not even to
    /// load the part of the runtime that does this (IOException, TypeInitializationException).
    /// </summary>
    public static bool Is(Exception e) =>
        e is SocketException or ArgumentException or NotSupportedException or InvalidOperationException or OutOfMemoryException
            or IOException or TypeInitializationException;
}
