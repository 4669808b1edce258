using System.Runtime.InteropServices;

namespace ThreadedChat.Common;

/// <summary>
/// Files that are named by an operator. One that is a FIFO is refused: to open it waits until another program opens the other end, perhaps
/// for ever, and nothing can end that wait.
/// </summary>
public static partial class RegularFile
{
    // Linux, statx(2): the layout is the same on every processor.
    private const int CurrentFolder = -100;
    private const uint WantsType = 1;
    private const int Size = 256;
    private const int ModeAt = 28;
    private const int TypeMask = 0xF000;
    private const int Fifo = 0x1000;

    /// <summary>Where a process has what it has opened already, such as the pipe of <c>&lt;(command)</c> in bash: to open it there does not wait.</summary>
    private const string Opened = "/dev/";

    /// <summary>Throws if the file is a FIFO. Follows symbolic links. A file that is not there, or whose kind is not known, may be opened.</summary>
    /// <exception cref="IOException">It is a FIFO.</exception>
    public static void Require(string path)
    {
        if (!path.StartsWith(Opened, StringComparison.Ordinal) && IsFifo(path))
        {
            throw new IOException($"'{path}' is a FIFO, not a regular file.");
        }
    }

    private static bool IsFifo(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            Span<byte> status = stackalloc byte[Size];
            return GetStatus(CurrentFolder, path, 0, WantsType, status) == 0
                && (BitConverter.ToUInt16(status[ModeAt..]) & TypeMask) == Fifo;
        }
        catch (EntryPointNotFoundException)
        {
            return false; // an old C library
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int GetStatus(int folder, string path, int flags, uint mask, Span<byte> status);
}
