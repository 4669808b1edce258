using System.Runtime.InteropServices;

namespace ThreadedChat.ChatServer.Machine;

/// <summary>
/// A value with a whole cache line free before it and after it. So a thread that often writes it does not slow down threads that use other
/// objects (false sharing).
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Padded<T>
    where T : unmanaged
{
#pragma warning disable CS0169, IDE0044, IDE0051 // these fields only take space
    private CacheLine _before;
    public T Value;
    private CacheLine _after;
#pragma warning restore CS0169, IDE0044, IDE0051

    [StructLayout(LayoutKind.Sequential, Size = 64)]
    private struct CacheLine;
}
