using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace ThreadedChat.Common.Streams;

/// <summary>A standard stream by its file descriptor: Linux, macOS and the BSDs.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class UnixStream(int descriptor) : IStreamSystem
{
    /// <inheritdoc/>
    /// <remarks>
    /// For a stream that was closed (<c>&lt;&amp;-</c>) the runtime has opened a file of its own under the same number. Such a file
    /// is close-on-exec; one that was handed to the program is not.
    /// </remarks>
    public bool WasClosedAtStart { get; } =
        StreamCalls.Control(descriptor, StreamCalls.GetDescriptorFlags) is var flags
        && (flags < 0 || (flags & StreamCalls.CloseOnExec) != 0);

    public bool IsTerminal => !WasClosedAtStart && StreamCalls.IsTerminal(descriptor) == 1;

    public int Read(Span<byte> buffer)
    {
        while (true)
        {
            nint count = StreamCalls.Read(descriptor, buffer, (nuint)buffer.Length);
            if (count >= 0)
            {
                return (int)count;
            }

            ThrowUnlessToBeRepeated(() => Readiness.AwaitInput(descriptor, Timeout.InfiniteTimeSpan));
        }
    }

    /// <inheritdoc/>
    /// <remarks>In one system call, unless the stream takes less.</remarks>
    public void Write(ReadOnlySpan<byte> buffer, TimeSpan limit)
    {
        while (!buffer.IsEmpty)
        {
            if (limit != Timeout.InfiniteTimeSpan && Readiness.AwaitSpace(descriptor, limit) == 0)
            {
                throw new IOException("Nobody reads it.");
            }

            nint count = StreamCalls.Write(descriptor, buffer, (nuint)buffer.Length);
            if (count >= 0)
            {
                buffer = buffer[(int)count..];
            }
            else
            {
                ThrowUnlessToBeRepeated(() => Readiness.AwaitSpace(descriptor, Timeout.InfiniteTimeSpan));
            }
        }
    }

    /// <summary>After a call that failed: returns when it is to be made again.</summary>
    private static void ThrowUnlessToBeRepeated(Action awaitReadiness)
    {
        int error = Marshal.GetLastPInvokeError();
        if (error == StreamCalls.NotReady)
        {
            awaitReadiness();
        }
        else if (error is StreamCalls.NobodyReads or StreamCalls.BadDescriptor)
        {
            throw new NobodyReadsException(Marshal.GetPInvokeErrorMessage(error));
        }
        else if (error != StreamCalls.Interrupted)
        {
            throw new IOException(Marshal.GetPInvokeErrorMessage(error));
        }
    }
}
