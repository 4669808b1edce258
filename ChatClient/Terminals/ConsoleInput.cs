using System.Runtime.Versioning;
using System.Text;

namespace ThreadedChat.ChatClient.Terminals;

/// <summary>
/// Standard input from a console of Windows, in UTF-8. In raw mode it reads input events: a call that reads characters would wait
/// where the only events are those of released keys, and would not return when the window has another size. For one thread.
/// </summary>
/// <param name="lines">The same console in line mode.</param>
/// <param name="terminal">Waits for input events.</param>
[SupportedOSPlatform("windows")]
internal sealed class ConsoleInput(Stream lines, WindowsTerminal terminal) : ReadOnlyStream
{
    private const int EventsPerRead = 128;

    private readonly ConsoleEvent[] _events = new ConsoleEvent[EventsPerRead];
    private readonly Encoder _encoder = Encoding.UTF8.GetEncoder();
    private byte[] _unread = [];
    private int _start;

    /// <summary>Waits for input.</summary>
    /// <exception cref="IOException">The console is gone.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (_start == _unread.Length)
        {
            if (!ConsoleCalls.TryGetMode(ConsoleCalls.Input, out uint mode) || (mode & ConsoleCalls.LineInput) != 0)
            {
                return lines.Read(buffer);
            }

            terminal.AwaitEvent();
            Fill();
        }

        ReadOnlySpan<byte> next = _unread.AsSpan(_start);
        next = next[..Math.Min(next.Length, buffer.Length)];
        next.CopyTo(buffer);
        _start += next.Length;
        return next.Length;
    }

    /// <summary>Takes the events that are there.</summary>
    private void Fill()
    {
        if (!ConsoleCalls.TryPeek(_events, out int count))
        {
            throw new IOException("The console is gone.");
        }

        if (count > 0 && ConsoleCalls.TryRead(_events, out count))
        {
            char[] text = [.. _events.Take(count).SelectMany(ConsoleKeys.Sequence)];
            var bytes = new byte[_encoder.GetByteCount(text, flush: false)];
            _encoder.GetBytes(text, bytes, flush: false);
            (_unread, _start) = (bytes, 0);
        }
    }
}
