using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace ThreadedChat.ChatServer.Machine;

/// <summary>The file of a Unix socket, which outlives a server that was killed.</summary>
internal static partial class UnixSocketFile
{
    // Linux, <fcntl.h> and <linux/stat.h>: struct statx is the same on all processors.
    private const int CurrentFolder = -100; // AT_FDCWD
    private const int NoFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const uint AskForType = 0x1; // STATX_TYPE
    private const int StatxSize = 256;
    private const int ModeOffset = 28; // stx_mode
    private const int TypeMask = 0xF000;
    private const int SocketType = 0xC000;

    /// <summary>Removes the file of a server that is dead. Does nothing if there is no file.</summary>
    /// <exception cref="SocketException">A server listens there.</exception>
    /// <exception cref="IOException">The file is no socket, or cannot be removed.</exception>
    public static void RemoveStale(string path, EndPoint endPoint)
    {
        if (!Path.Exists(path))
        {
            return;
        }

        if (!OperatingSystem.IsLinux() || !IsSocket(path))
        {
            throw new IOException("there is a file with that name.");
        }

        if (IsAlive(endPoint))
        {
            throw new SocketException((int)SocketError.AddressAlreadyInUse);
        }

        try
        {
            File.Delete(path);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    private static bool IsAlive(EndPoint endPoint)
    {
        using var probe = new Socket(AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            probe.Connect(endPoint);
            return true;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode != SocketError.ConnectionRefused; // also if its queue is full
        }
    }

    [SupportedOSPlatform("linux")]
    private static bool IsSocket(string path)
    {
        Span<byte> facts = stackalloc byte[StatxSize];
        return Statx(CurrentFolder, path, NoFollow, AskForType, facts) == 0
            && (BitConverter.ToUInt16(facts[ModeOffset..]) & TypeMask) == SocketType;
    }

    [SupportedOSPlatform("linux")]
    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, Span<byte> facts);
}
