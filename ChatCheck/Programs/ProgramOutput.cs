using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using ThreadedChat.ChatCheck.Terminals;
using ThreadedChat.ChatCheck.Wire;
using ThreadedChat.Common;

namespace ThreadedChat.ChatCheck.Programs;

/// <summary>The output of a program to one of its streams, from the first byte. Any thread may add and read.</summary>
/// <param name="maxBytes">Further output is dropped, so that a program that prints without end does not fill the memory.</param>
internal sealed class ProgramOutput(int maxBytes = 4_000_000)
{
    private readonly object _gate = new();

    // Guarded by the gate.
    private readonly List<byte> _bytes = [];
    private bool _hasEnded;

    /// <summary>Whether the stream has ended.</summary>
    public bool HasEnded
    {
        get
        {
            lock (_gate)
            {
                return _hasEnded;
            }
        }
    }

    /// <summary>Adds output.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            _bytes.AddRange(bytes[..Math.Min(bytes.Length, maxBytes - _bytes.Count)]);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Starts a thread that adds all of <paramref name="stream"/>, and its end.</summary>
    public void Collect(Stream stream) => new Thread(() => Read(stream)) { IsBackground = true, Name = "output" }.Start();

    /// <summary>Notes the end of the stream.</summary>
    public void End()
    {
        lock (_gate)
        {
            _hasEnded = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>All bytes from <paramref name="start"/> on.</summary>
    public byte[] From(int start)
    {
        lock (_gate)
        {
            return Copy_NeedsGate(start);
        }
    }

    /// <summary>
    /// Waits until <paramref name="isEnough"/> holds for the bytes from <paramref name="start"/> on; it is also told whether the
    /// stream has ended. False if it does not hold in time, or the stream has ended without it.
    /// </summary>
    public bool Await(int start, TimeSpan limit, Func<byte[], bool, bool> isEnough)
    {
        long began = Stopwatch.GetTimestamp();
        while (true)
        {
            byte[] seen;
            bool hasEnded;
            lock (_gate)
            {
                seen = Copy_NeedsGate(start);
                hasEnded = _hasEnded;
            }

            if (isEnough(seen, hasEnded))
            {
                return true;
            }

            lock (_gate)
            {
                while (_bytes.Count - start == seen.Length && _hasEnded == hasEnded)
                {
                    TimeSpan left = limit - Stopwatch.GetElapsedTime(began);
                    if (hasEnded || left <= TimeSpan.Zero || !Monitor.Wait(_gate, left))
                    {
                        return false;
                    }
                }
            }
        }
    }

    /// <summary>As the other one, for a wait whose end is not known before.</summary>
    public bool Await(int start, CaseClock.Wait wait, Func<byte[], bool, bool> isEnough)
    {
        bool isThere = false;
        wait.Until(limit =>
        {
            bool isLast = HasEnded;
            isThere = Await(start, limit, isEnough);
            return isThere || isLast;
        });
        return isThere;
    }

    private void Read(Stream stream)
    {
        var buffer = new byte[4096];
        try
        {
            for (int count; (count = stream.Read(buffer)) > 0;)
            {
                Add(buffer.AsSpan(0, count));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The program is no longer wanted.
        }

        End();
    }

    private byte[] Copy_NeedsGate(int start) => CollectionsMarshal.AsSpan(_bytes)[start..].ToArray();

    /// <summary>The last line that is not blank; empty if there is none.</summary>
    public string LastLine()
    {
        var screen = new TerminalScreen(newLineMode: true); // what is coloured or wiped is read by a person here
        screen.Write(From(0));
        string last = screen.Lines.LastOrDefault(line => line.Length > 0) ?? "";
        return VisibleText.ShowPadded(Encoding.UTF8.GetBytes(last.Trim()));
    }
}
