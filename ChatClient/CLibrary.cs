using System.Runtime.InteropServices;

namespace ThreadedChat.ChatClient;

/// <summary>
/// The few functions of the C library that <see cref="StandardStream"/> needs. A result below 0 is a failure;
/// <see cref="Marshal.GetLastPInvokeError"/> says which.
/// </summary>
internal static partial class CLibrary
{
    // Numbers that Linux, macOS and the BSDs agree on …
    public const int GetDescriptorFlags = 1; // F_GETFD
    public const int CloseOnExec = 1; // FD_CLOEXEC
    public const int Interrupted = 4; // EINTR
    public const short Readable = 1; // POLLIN
    public const short Writable = 4; // POLLOUT

    // … and EAGAIN, on which they do not: the descriptor is non-blocking and not ready.
    public static readonly int NotReady = OperatingSystem.IsLinux() ? 11 : 35;

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, Span<byte> buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, ReadOnlySpan<byte> buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Control(int descriptor, int command);

    /// <summary>Waits, for ever if need be, until <paramref name="descriptor"/> is ready or broken; may return early.</summary>
    public static void WaitUntil(int descriptor, short readiness)
    {
        var entry = new PollEntry { Descriptor = descriptor, Events = readiness };
        _ = Poll(ref entry, 1, timeoutMilliseconds: -1);
    }

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref PollEntry entries, nuint count, int timeoutMilliseconds);

    /// <summary>struct pollfd.</summary>
    private struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
