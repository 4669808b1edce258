using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace ThreadedChat.ChatServer.Benchmarks.Load;

/// <summary>
/// Linux's epoll: waits for any of thousands of sockets to have something to read. .NET has it inside, but hands out each
/// socket by itself; here the whole batch is seen, so that what it calls for can go out together.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class Epoll : IDisposable
{
    private const int AddDescriptor = 1;
    private const uint Readable = 1;

    /// <summary>Sockets told of by one wait at most; the others are told of by the next.</summary>
    private const int BatchSize = 1_024;

    // struct epoll_event: 32 bits of flags and 64 bits of one's own. On x86-64, and only there, without a gap in between.
    private static readonly int NumberOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int EventSize = NumberOffset + 8;

    private readonly byte[] _events = new byte[BatchSize * EventSize];
    private readonly int _epoll = CLibrary.Check(CLibrary.EpollCreate(0));

    /// <summary>Watches a descriptor from now on, until it is closed. <paramref name="number"/> is what <see cref="Ready"/> calls it.</summary>
    public void Add(nint descriptor, int number)
    {
        Span<byte> watched = stackalloc byte[EventSize];
        BinaryPrimitives.WriteUInt32LittleEndian(watched, Readable);
        BinaryPrimitives.WriteInt64LittleEndian(watched[NumberOffset..], number);
        CLibrary.Check(CLibrary.EpollControl(_epoll, AddDescriptor, (int)descriptor, ref watched[0]));
    }

    /// <summary>Waits until something is readable, or ended, or the time is over. Returns how many are; each has its <see cref="Ready"/>.</summary>
    public int Wait(int milliseconds) =>
        CLibrary.Check(CLibrary.EpollWait(_epoll, ref _events[0], BatchSize, milliseconds));

    /// <summary>The number of the <paramref name="index"/>-th of those the last wait has told of.</summary>
    public int Ready(int index) =>
        (int)BinaryPrimitives.ReadInt64LittleEndian(_events.AsSpan((index * EventSize) + NumberOffset));

    /// <inheritdoc/>
    public void Dispose() => CLibrary.Check(CLibrary.Close(_epoll));
}
