using System.Runtime.InteropServices;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Doubles;

/// <summary>Records the frames, and asserts that they are whole frames of valid UTF-8.</summary>
internal sealed class RecordingOutbox : IOutbox
{
    /// <summary>Guards the list: different channels' threads may append at once.</summary>
    private readonly Lock _gate = new();

    private readonly List<string> _texts = [];
    private int _waits;

    /// <summary>True to be congested after each append until a sender has waited for it.</summary>
    public bool IsSlow { get; set; }

    public bool IsCongested { get; private set; }

    /// <summary>Bytes of deliveries that this participant has caused.</summary>
    public long Spent { get; private set; }

    /// <summary>The commands of this participant, and its messages that nobody gets.</summary>
    public int Works { get; private set; }

    /// <summary>How often this participant has given up its turn to work.</summary>
    public int EndedWorks { get; private set; }

    /// <summary>Bytes of answers with that.</summary>
    public long Answered { get; private set; }

    /// <summary>How often a sender waited for this receiver.</summary>
    public int Waits => Volatile.Read(ref _waits);

    /// <summary>How often something was appended; one append may bring many frames.</summary>
    public int Appends { get; private set; }

    /// <summary>Unused bytes of the arrays that hold the appended frames.</summary>
    public long UncountedBytes { get; private set; }

    public bool IsOpen { get; set; } = true;

    public bool Append(ReadOnlyMemory<byte> frames)
    {
        Assert.AreNotEqual(0, frames.Length, "Nothing at all was appended.");
        Assert.AreEqual(0, frames.Length % Frame.Size, "Not whole frames.");
        lock (_gate)
        {
            Appends++;
            IsCongested |= IsSlow;
            Assert.IsTrue(MemoryMarshal.TryGetArray(frames, out ArraySegment<byte> held));
            UncountedBytes += held.Array!.Length - frames.Length;
            foreach (byte[] frame in frames.ToArray().Chunk(Frame.Size))
            {
                _texts.Add(WireFrame.Decode(frame));
            }
        }

        return IsCongested;
    }

    public void WaitForSpace()
    {
        IsCongested = false;
        Interlocked.Increment(ref _waits);
    }

    public void WaitForTurn() => Assert.Fail("Alone in the line, a sender has the turn at once.");

    public void GrantTurn() => Assert.Fail("No other sender is in the line.");

    public void Spend(long bytes) => Spent += bytes;

    public void Work(long answered, int count = 1)
    {
        Works += count;
        Answered += answered;
    }

    public void EndWork() => EndedWorks++;

    /// <summary>The texts of the frames since the last call, without padding.</summary>
    public string[] Take()
    {
        lock (_gate)
        {
            string[] texts = [.. _texts];
            _texts.Clear();
            return texts;
        }
    }
}
