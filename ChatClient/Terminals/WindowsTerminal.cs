using System.Diagnostics;
using System.Runtime.Versioning;
using ThreadedChat.Common.Streams;

namespace ThreadedChat.ChatClient.Terminals;

/// <summary>
/// The console of Windows 10 and later, which takes the escape sequences of other terminals. It sends them for keys as well; for
/// keys of a console that does not, <see cref="ConsoleKeys"/> has them.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsTerminal : ITerminalSystem
{
    // Windows has no signal for another size of the window, and not every console reports it as an input event.
    private static readonly TimeSpan SizeInterval = TimeSpan.FromMilliseconds(250);

    private uint _originalInput;
    private uint _originalOutput;
    private (int Columns, int Rows) _lastSize;
    private volatile Action? _resized;

    /// <inheritdoc/>
    /// <remarks>The console has 256 colours.</remarks>
    public string UsualTerm => "xterm-256color";

    /// <inheritdoc/>
    /// <remarks>Windows has no job control.</remarks>
    public bool HasShell => false;

    /// <inheritdoc/>
    /// <remarks>A console that does not know the sequences rejects the mode for them.</remarks>
    public bool TryOpen()
    {
        if (!ConsoleCalls.TryGetMode(ConsoleCalls.Input, out _originalInput)
            || !ConsoleCalls.TryGetMode(ConsoleCalls.Output, out _originalOutput)
            || !ConsoleCalls.TrySetMode(ConsoleCalls.Output, OutputForEditing))
        {
            return false;
        }

        _ = ConsoleCalls.TrySetMode(ConsoleCalls.Output, _originalOutput);
        return true;
    }

    public Stream Input(StandardStream standard) => standard.IsTerminal ? new ConsoleInput(standard, this) : standard;

    public bool TryGetSize(out int columns, out int rows) => ConsoleCalls.TryGetSize(out columns, out rows);

    public void OnResize(Action resized) => _resized = resized;

    public bool HasInput(TimeSpan wait)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            if (HasKey())
            {
                return true;
            }

            TimeSpan left = wait - Stopwatch.GetElapsedTime(start);
            if (left <= TimeSpan.Zero)
            {
                return false;
            }

            ConsoleCalls.AwaitEvent(left < SizeInterval ? left : SizeInterval);
        }
    }

    public void DiscardInput() => ConsoleCalls.DiscardInput();

    /// <inheritdoc/>
    /// <remarks>
    /// Ctrl-C stays a signal (ENABLE_PROCESSED_INPUT): it must end this program even while the thread that reads is busy.
    /// </remarks>
    public void EnableRawMode(Terminal terminal, ReadOnlySpan<byte> modes)
    {
        uint keys = (_originalInput & ~(ConsoleCalls.LineInput | ConsoleCalls.EchoInput)) | ConsoleCalls.ProcessedInput;
        if (!ConsoleCalls.TrySetMode(ConsoleCalls.Input, keys | ConsoleCalls.SequencesForKeys))
        {
            _ = ConsoleCalls.TrySetMode(ConsoleCalls.Input, keys);
        }

        _ = ConsoleCalls.TrySetMode(ConsoleCalls.Output, OutputForEditing);
        terminal.Write(modes);
    }

    /// <inheritdoc/>
    /// <remarks>The sequences come first: with its original settings the console would print them.</remarks>
    public void DisableRawMode(Terminal terminal, ReadOnlySpan<byte> modes)
    {
        ConsoleCalls.DiscardInput(); // it was typed for the chat: the shell must not run it
        try
        {
            terminal.Write(modes);
        }
        finally
        {
            _ = ConsoleCalls.TrySetMode(ConsoleCalls.Output, _originalOutput);
            _ = ConsoleCalls.TrySetMode(ConsoleCalls.Input, _originalInput);
        }
    }

    /// <summary>Not called: without job control there is no key for it.</summary>
    public void StopProcess()
    {
    }

    /// <summary>
    /// Waits for a while for input events; the input thread calls it over and over. Reports another size of the window, which may
    /// have come without an event.
    /// </summary>
    public void AwaitEvent()
    {
        ConsoleCalls.AwaitEvent(SizeInterval);
        if (_resized is { } resized && TryGetSize(out int columns, out int rows))
        {
            (int Columns, int Rows) last = _lastSize;
            _lastSize = (columns, rows);
            if (last != _lastSize && last != default)
            {
                Report(resized);
            }
        }
    }

    private uint OutputForEditing =>
        _originalOutput | ConsoleCalls.ProcessedOutput | ConsoleCalls.WrapAtEnd | ConsoleCalls.SequencesForOutput;

    private static void Report(Action resized)
    {
        try
        {
            resized();
        }
        catch (IOException)
        {
            // The console is gone: the next read reports it.
        }
    }

    /// <summary>True if the next event is a key with a meaning. Drops those before it: released keys, mouse, focus.</summary>
    private static bool HasKey()
    {
        var events = new ConsoleEvent[1];
        while (ConsoleCalls.TryPeek(events, out int count) && count > 0)
        {
            if (ConsoleKeys.Sequence(events[0]).Length > 0)
            {
                return true;
            }

            _ = ConsoleCalls.TryRead(events, out _);
        }

        return false;
    }
}
