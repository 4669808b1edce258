using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace ThreadedChat.ChatClient.Terminals;

/// <summary>The functions of Windows that the client needs for a console.</summary>
[SupportedOSPlatform("windows")]
internal static partial class ConsoleCalls
{
    public const int Input = -10; // STD_INPUT_HANDLE
    public const int Output = -11; // STD_OUTPUT_HANDLE

    // Modes of the input.
    public const uint ProcessedInput = 0x1; // Ctrl-C is a signal
    public const uint LineInput = 0x2;
    public const uint EchoInput = 0x4;
    public const uint SequencesForKeys = 0x200; // ENABLE_VIRTUAL_TERMINAL_INPUT

    // Modes of the output.
    public const uint ProcessedOutput = 0x1;
    public const uint WrapAtEnd = 0x2;
    public const uint SequencesForOutput = 0x4; // ENABLE_VIRTUAL_TERMINAL_PROCESSING

    /// <summary>Milliseconds since the computer was started, including the time that it slept.</summary>
    [LibraryImport("kernel32", EntryPoint = "GetTickCount64")]
    public static partial ulong TimeSinceBoot();

    /// <summary>False if the stream is not a console.</summary>
    public static bool TryGetMode(int stream, out uint mode) => GetMode(Handle(stream), out mode);

    /// <summary>False if the console does not have a part of the mode.</summary>
    public static bool TrySetMode(int stream, uint mode) => SetMode(Handle(stream), mode);

    /// <summary>The size of the window.</summary>
    public static bool TryGetSize(out int columns, out int rows)
    {
        bool isKnown = GetScreen(Handle(Output), out Screen screen);
        (columns, rows) = (screen.Right - screen.Left + 1, screen.Bottom - screen.Top + 1);
        return isKnown && columns > 0 && rows > 0;
    }

    /// <summary>Returns when there is an input event, or after <paramref name="wait"/>.</summary>
    public static void AwaitEvent(TimeSpan wait) => _ = Wait(Handle(Input), (uint)wait.TotalMilliseconds);

    /// <summary>Copies the next input events and leaves them in the queue. Does not wait.</summary>
    public static bool TryPeek(Span<ConsoleEvent> events, out int count)
    {
        bool isDone = Peek(Handle(Input), events, (uint)events.Length, out uint found);
        count = (int)found;
        return isDone;
    }

    /// <summary>Takes the next input events; waits if there are none.</summary>
    public static bool TryRead(Span<ConsoleEvent> events, out int count)
    {
        bool isDone = Read(Handle(Input), events, (uint)events.Length, out uint found);
        count = (int)found;
        return isDone;
    }

    public static void DiscardInput() => _ = Flush(Handle(Input));

    [LibraryImport("kernel32", EntryPoint = "GetStdHandle")]
    private static partial nint Handle(int stream);

    [LibraryImport("kernel32", EntryPoint = "GetConsoleMode")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetMode(nint console, out uint mode);

    [LibraryImport("kernel32", EntryPoint = "SetConsoleMode")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetMode(nint console, uint mode);

    [LibraryImport("kernel32", EntryPoint = "GetConsoleScreenBufferInfo")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetScreen(nint console, out Screen screen);

    [LibraryImport("kernel32", EntryPoint = "WaitForSingleObject")]
    private static partial uint Wait(nint handle, uint milliseconds);

    [LibraryImport("kernel32", EntryPoint = "PeekConsoleInputW")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool Peek(nint console, Span<ConsoleEvent> events, uint length, out uint count);

    [LibraryImport("kernel32", EntryPoint = "ReadConsoleInputW")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool Read(nint console, Span<ConsoleEvent> events, uint length, out uint count);

    [LibraryImport("kernel32", EntryPoint = "FlushConsoleInputBuffer")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool Flush(nint console);

    /// <summary>CONSOLE_SCREEN_BUFFER_INFO; the window is the part of the buffer that is seen.</summary>
    private struct Screen
    {
        public short BufferColumns;
        public short BufferRows;
        public short CursorColumn;
        public short CursorRow;
        public ushort Colours;
        public short Left;
        public short Top;
        public short Right;
        public short Bottom;
        public short LargestColumns;
        public short LargestRows;
    }
}
