using System.Globalization;
using System.Net.Sockets;

namespace ThreadedChat.ChatServer.Machine;

/// <summary>
/// Listening sockets that the parent process has opened and keeps, as systemd does (sd_listen_fds(3)): while the server restarts, those who
/// connect wait.
/// </summary>
internal static class InheritedSockets
{
    private const int First = 3;
    private const int Most = 64;

    /// <summary>How many there are; 0 if the variables are not there, or are for another process.</summary>
    /// <param name="variable">The value of a variable of the environment; null if it is not set.</param>
    /// <param name="processId">Of this process.</param>
    /// <exception cref="IOException">The variables are wrong.</exception>
    public static int Count(Func<string, string?> variable, int processId)
    {
        if (variable("LISTEN_FDS") is not string text || variable("LISTEN_PID") != processId.ToString(CultureInfo.InvariantCulture))
        {
            return 0;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count <= Most
            ? count
            : throw new IOException($"LISTEN_FDS must be a number from 0 to {Most}.");
    }

    /// <summary>How many this process has.</summary>
    /// <exception cref="IOException">The variables are wrong.</exception>
    public static int Count() => Count(Environment.GetEnvironmentVariable, Environment.ProcessId);

    /// <summary>Takes over all of them, each with the name that the parent has given it, or an empty one.</summary>
    /// <exception cref="IOException">One of them is no listening stream socket.</exception>
    public static IReadOnlyList<(Socket Socket, string Name)> Take()
    {
        string[] names = (Environment.GetEnvironmentVariable("LISTEN_FDNAMES") ?? "").Split(':');
        return [.. Enumerable.Range(0, Count()).Select(i => (Open(First + i), i < names.Length ? names[i] : ""))];
    }

    private static Socket Open(int descriptor)
    {
        try
        {
            var socket = new Socket(new SafeSocketHandle(descriptor, ownsHandle: true));
            bool isListening = socket.SocketType == SocketType.Stream
                && socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.AcceptConnection) is not 0;
            if (isListening)
            {
                socket.Blocking = true;
                return socket;
            }
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            // No socket at all.
        }

        throw new IOException(string.Create(CultureInfo.InvariantCulture, $"descriptor {descriptor} (LISTEN_FDS) is no listening stream socket."));
    }
}
