using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace ThreadedChat.ChatServer.Benchmarks.Load;

/// <summary>
/// Linux's epoll: waits until any of thousands of sockets is readable. .NET uses it internally, but reports each socket separately. Here the
/// whole batch is visible, so that its responses can go out together.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class Epoll : IDisposable
{
    private const int AddDescriptor = 1;
    private const uint Readable = 1;

    /// <summary>Most sockets of one wait; the next wait reports the others.</summary>
    private const int BatchSize = 1_024;

    // struct epoll_event: 32 bits of flags and 64 bits of user data. Only on x86-64 there is no gap between them.
    private static readonly int NumberOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int EventSize = NumberOffset + 8;

    private readonly byte[] _events = new byte[BatchSize * EventSize];
    private readonly int _epoll = LinuxCalls.Check(LinuxCalls.EpollCreate(0));

    /// <summary>Watches a descriptor until it is closed. <see cref="Ready"/> reports it as <paramref name="number"/>.</summary>
    public void Add(nint descriptor, int number)
    {
        Span<byte> watched = stackalloc byte[EventSize];
        BinaryPrimitives.WriteUInt32LittleEndian(watched, Readable);
        BinaryPrimitives.WriteInt64LittleEndian(watched[NumberOffset..], number);
        LinuxCalls.Check(LinuxCalls.EpollControl(_epoll, AddDescriptor, (int)descriptor, ref watched[0]));
    }

    /// <summary>Waits until a socket is readable or has ended, or until the time is over. Returns the number of these sockets.</summary>
    public int Wait(int milliseconds) =>
        LinuxCalls.Check(LinuxCalls.EpollWait(_epoll, ref _events[0], BatchSize, milliseconds));

    /// <summary>The number of the socket at <paramref name="index"/> in the result of the last wait.</summary>
    public int Ready(int index) =>
        (int)BinaryPrimitives.ReadInt64LittleEndian(_events.AsSpan((index * EventSize) + NumberOffset));

    public void Dispose() => LinuxCalls.Check(LinuxCalls.Close(_epoll));
}
