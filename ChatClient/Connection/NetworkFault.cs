using System.Net.Sockets;

namespace ThreadedChat.ChatClient.Connection;

/// <summary>What the network's calls throw when there is no connection to be had.</summary>
internal static class NetworkFault
{
    /// <summary>
    /// True for all that looking up a host, making a socket, connecting it, and starting a thread for that can throw because
    /// of the host, the network or the machine. What is typed as a host may be too long or no name at all (ArgumentException);
    /// an address may be of a protocol that the machine does not have (NotSupportedException); a socket may be closed meanwhile
    /// (ObjectDisposedException, an InvalidOperationException); there may be no thread left (OutOfMemoryException), and no file,
    /// not even for the part of the runtime that does this (IOException, TypeInitializationException).
    /// </summary>
    public static bool Is(Exception e) =>
        e is SocketException or ArgumentException or NotSupportedException or InvalidOperationException or OutOfMemoryException
            or IOException or TypeInitializationException;
}
