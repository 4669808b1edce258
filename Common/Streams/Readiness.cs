using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace ThreadedChat.Common.Streams;

/// <summary>Waits until a file descriptor can be read from or written to without waiting: a pipe, a socket or a terminal.</summary>
[UnsupportedOSPlatform("windows")]
public static partial class Readiness
{
    private const short Readable = 1; // POLLIN
    private const short Writable = 4; // POLLOUT
    private const short Invalid = 0x20; // POLLNVAL
    private const int BadDescriptor = 9; // EBADF
    private const int BitsPerByte = 8;
    private const int SetSize = 1024; // FD_SETSIZE: the descriptors that select(2) can take

    /// <summary>Waits until there is something to read, or the end, or an error that the next read reports.</summary>
    /// <returns>Above 0 if so, 0 if not within <paramref name="wait"/>, less than 0 if a signal interrupted the wait.</returns>
    public static int AwaitInput(int descriptor, TimeSpan wait) => Await(descriptor, Readable, wait);

    /// <summary>Waits until something can be written, or there is an error that the next write reports.</summary>
    /// <inheritdoc cref="AwaitInput"/>
    public static int AwaitSpace(int descriptor, TimeSpan wait) => Await(descriptor, Writable, wait);

    /// <summary>The same by select(2).</summary>
    internal static int AwaitBySelect(int descriptor, bool forInput, TimeSpan wait)
    {
        if (descriptor is < 0 or >= SetSize)
        {
            return 1; // the read or write that follows does the waiting
        }

        // The bits of an fd_set have the same place on all these systems, because their processors are little-endian.
        var set = new byte[SetSize / BitsPerByte];
        set[descriptor / BitsPerByte] = (byte)(1 << (descriptor % BitsPerByte));
        byte[]? input = forInput ? set : null, output = forInput ? null : set;
        TimeValue[]? limit = wait == Timeout.InfiniteTimeSpan
            ? null
            : [new TimeValue { Seconds = (nint)(long)wait.TotalSeconds, Microseconds = (wait.Milliseconds * 1000) + wait.Microseconds }];
        int count = Select(descriptor + 1, input, output, exceptions: 0, limit);
        return count < 0 && Marshal.GetLastPInvokeError() == BadDescriptor ? 1 : count;
    }

    private static int Await(int descriptor, short readiness, TimeSpan wait)
    {
        var entry = new PollEntry { Descriptor = descriptor, Events = readiness };
        int count = Poll(ref entry, 1, (int)wait.TotalMilliseconds);

        // The poll of macOS knows no terminals, and returns at once: select does know them. For a descriptor that is closed it
        // returns the same, and so does select.
        return count > 0 && (entry.Returned & Invalid) != 0 ? AwaitBySelect(descriptor, readiness == Readable, wait) : count;
    }

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref PollEntry entries, nuint count, int timeoutMilliseconds);

    [LibraryImport("libc", EntryPoint = "select", SetLastError = true)]
    private static partial int Select(
        int count, [In, Out] byte[]? input, [In, Out] byte[]? output, nint exceptions, [In, Out] TimeValue[]? limit);

    /// <summary>struct pollfd.</summary>
    private struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    /// <summary>struct timeval. The second number has 4 bytes on macOS, and then 4 that do not count.</summary>
    private struct TimeValue
    {
        public nint Seconds;
        public nint Microseconds;
    }
}
