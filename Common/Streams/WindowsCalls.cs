using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace ThreadedChat.Common.Streams;

/// <summary>
/// The few functions of Windows that <see cref="WindowsStream"/> needs. After false,
/// <see cref="Marshal.GetLastPInvokeError"/> has the cause.
/// </summary>
[SupportedOSPlatform("windows")]
internal static partial class WindowsCalls
{
    public const int InvalidHandle = 6; // ERROR_INVALID_HANDLE
    public const int EndOfFile = 38; // ERROR_HANDLE_EOF
    public const int BrokenPipe = 109; // ERROR_BROKEN_PIPE
    public const int PipeIsClosing = 232; // ERROR_NO_DATA
    public const int NotConnected = 233; // ERROR_PIPE_NOT_CONNECTED

    /// <summary>The handle of a standard stream: -10 for input, -11 for output, -12 for errors. 0 or -1 if there is none.</summary>
    [LibraryImport("kernel32", EntryPoint = "GetStdHandle")]
    public static partial nint StandardHandle(int stream);

    /// <summary>Fails if it is not a console.</summary>
    [LibraryImport("kernel32", EntryPoint = "GetConsoleMode")]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool TryGetMode(nint console, out uint mode);

    [LibraryImport("kernel32", EntryPoint = "ReadFile", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool TryRead(nint file, Span<byte> buffer, uint length, out uint count, nint overlapped);

    [LibraryImport("kernel32", EntryPoint = "WriteFile", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool TryWrite(nint file, ReadOnlySpan<byte> buffer, uint length, out uint count, nint overlapped);

    [LibraryImport("kernel32", EntryPoint = "ReadConsoleW", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool TryReadConsole(nint console, Span<ushort> text, uint length, out uint count, nint control);

    [LibraryImport("kernel32", EntryPoint = "WriteConsoleW", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool TryWriteConsole(nint console, ReadOnlySpan<ushort> text, uint length, out uint count, nint reserved);
}
