using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using ThreadedChat.Common.Streams;

namespace ThreadedChat.ChatCheck.Programs;

/// <summary>A terminal of the system without a window: this process is the person at it. Any thread may use it.</summary>
internal sealed class PseudoTerminal : IDisposable
{
    private const int Interrupted = 4; // EINTR

    // Flags of open(2): read and write, not the controlling terminal of this process, not inherited by programs.
    private static readonly int? OpenFlags =
        OperatingSystem.IsLinux() ? 0x2 | 0x100 | 0x80000
        : OperatingSystem.IsMacOS() ? 0x2 | 0x20000 | 0x1000000
        : null;

    // The system returns the name in memory that all callers share.
    private static readonly object NameGate = new();

    private readonly SafeFileHandle _person;

    private PseudoTerminal(SafeFileHandle person, string path)
    {
        _person = person;
        Path = path;
    }

    /// <summary>Whether this system has any.</summary>
    public static bool IsAvailable
    {
        get
        {
            using PseudoTerminal? one = TryOpen();
            return one is not null;
        }
    }

    /// <summary>The path that a program opens.</summary>
    public string Path { get; }

    /// <summary>A new one; null if there is none.</summary>
    public static PseudoTerminal? TryOpen()
    {
        if (OpenFlags is not int flags || OperatingSystem.IsWindows())
        {
            return null;
        }

        SafeFileHandle person = SystemCalls.OpenPseudoTerminal(flags);
        if (!person.IsInvalid && SystemCalls.Grant(person) == 0 && SystemCalls.Unlock(person) == 0)
        {
            lock (NameGate)
            {
                if (Marshal.PtrToStringUTF8(SystemCalls.NameOf(person)) is string path && File.Exists(path))
                {
                    return new PseudoTerminal(person, path);
                }
            }
        }

        person.Dispose();
        return null;
    }

    /// <summary>Reads what programs print: the count of bytes, 0 if nothing comes in time, -1 if no program has it open.</summary>
    /// <exception cref="ObjectDisposedException">It has been closed.</exception>
    public int Read(Span<byte> buffer, TimeSpan limit)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException();
        }

        long began = Stopwatch.GetTimestamp();
        bool isHeld = false;
        _person.DangerousAddRef(ref isHeld);
        try
        {
            if (Readiness.AwaitInput((int)_person.DangerousGetHandle(), limit) <= 0)
            {
                return 0;
            }
        }
        finally
        {
            _person.DangerousRelease();
        }

        nint count = SystemCalls.Read(_person, buffer, buffer.Length);
        return count > 0 ? (int)count
            : count < 0 && Marshal.GetLastPInvokeError() == Interrupted && Stopwatch.GetElapsedTime(began) < limit ? 0
            : -1;
    }

    /// <summary>Types. Input that no program can take any more is lost.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException();
        }

        try
        {
            while (!bytes.IsEmpty)
            {
                nint count = SystemCalls.Write(_person, bytes, bytes.Length);
                if (count <= 0 && Marshal.GetLastPInvokeError() != Interrupted)
                {
                    return;
                }

                bytes = bytes[(int)Math.Max(count, 0)..];
            }
        }
        catch (ObjectDisposedException)
        {
            // Closed: the caller that waits for the program's reaction notices that.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _person.Dispose();
}
