using System.Numerics;
using System.Runtime.InteropServices;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>
/// A running hash of the entries that were applied and of their results, and its last values by position. Equal replicas have equal values. It
/// finds mistakes; it is no protection against somebody who wants two values to be equal.
/// </summary>
internal sealed class LogHash
{
    private const int Kept = 4_096;
    private const ulong Prime = 0x9E37_79B9_7F4A_7C15;

    private readonly long[] _positions = new long[Kept];
    private readonly long[] _values = new long[Kept];

    /// <summary>After the last entry.</summary>
    public long Value { get; private set; }

    /// <summary>A checksum of bytes.</summary>
    public static uint Sum(ReadOnlySpan<byte> bytes)
    {
        uint sum = uint.MaxValue;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words)
        {
            sum = BitOperations.Crc32C(sum, word);
        }

        foreach (byte rest in bytes[(words.Length * sizeof(ulong))..])
        {
            sum = BitOperations.Crc32C(sum, rest);
        }

        return ~sum;
    }

    /// <summary>Begins anew with a value that was saved.</summary>
    public void Reset(long value)
    {
        Value = value;
        Array.Clear(_positions);
    }

    /// <summary>Adds an entry.</summary>
    public void Add(long position, ReadOnlySpan<byte> payload, int outcome)
    {
        ulong mixed = ((ulong)Value ^ ((ulong)Sum(payload) << 32) ^ (uint)outcome) + (ulong)position;
        Value = (long)(BitOperations.RotateLeft(mixed * Prime, 29) * Prime);
        _positions[position % Kept] = position;
        _values[position % Kept] = Value;
    }

    /// <summary>False if the value at that position is known and differs.</summary>
    public bool MayBe(long position, long value) =>
        position <= 0 || _positions[position % Kept] != position || _values[position % Kept] == value;
}
