using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace ThreadedChat.Common.Streams;

/// <summary>
/// The few functions of the C library that <see cref="UnixStream"/> needs. A result below 0 is a failure;
/// <see cref="Marshal.GetLastPInvokeError"/> says which.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal static partial class StreamCalls
{
    // The same numbers on Linux, macOS and the BSDs.
    public const int ReadOnly = 0; // O_RDONLY
    public const int WriteOnly = 1; // O_WRONLY
    public const int GetDescriptorFlags = 1; // F_GETFD
    public const int CloseOnExec = 1; // FD_CLOEXEC
    public const int Interrupted = 4; // EINTR
    public const int BadDescriptor = 9; // EBADF: closed, or open for the other direction only
    public const int NobodyReads = 32; // EPIPE

    // Different numbers.
    public static readonly int NotReady = OperatingSystem.IsLinux() ? 11 : 35; // EAGAIN: non-blocking and not ready
    public static readonly int OpenCloseOnExec =
        OperatingSystem.IsLinux() ? 0x80000 : OperatingSystem.IsMacOS() ? 0x100_0000 : 0x10_0000; // O_CLOEXEC

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, Span<byte> buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, ReadOnlySpan<byte> buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Control(int descriptor, int command);

    /// <summary>1 for a terminal.</summary>
    [LibraryImport("libc", EntryPoint = "isatty")]
    public static partial int IsTerminal(int descriptor);
}
