using System.Buffers.Binary;
using System.Text;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>Reads what <see cref="ByteWriter"/> wrote, or what somebody else did: each length is checked before it is used.</summary>
/// <remarks>After the first mistake it reads zeros and empty texts, and <see cref="IsWrong"/> stays true.</remarks>
internal ref struct ByteReader(ReadOnlyMemory<byte> bytes)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlyMemory<byte> _rest = bytes;

    /// <summary>True if something was missing, too long, or no text.</summary>
    public bool IsWrong { get; private set; }

    /// <summary>True if all was read, and nothing was wrong.</summary>
    public readonly bool IsAtEnd => !IsWrong && _rest.IsEmpty;

    public byte Byte() => Take(1) is { IsEmpty: false } bytes ? bytes.Span[0] : (byte)0;

    public int UInt16() => Take(2) is { IsEmpty: false } bytes ? BinaryPrimitives.ReadUInt16LittleEndian(bytes.Span) : 0;

    public int Int32() => Take(4) is { IsEmpty: false } bytes ? BinaryPrimitives.ReadInt32LittleEndian(bytes.Span) : 0;

    public long Int64() => Take(8) is { IsEmpty: false } bytes ? BinaryPrimitives.ReadInt64LittleEndian(bytes.Span) : 0;

    /// <summary>A number of things that follow, each of which takes <paramref name="least"/> bytes or more.</summary>
    public int Count(int least)
    {
        int count = Int32();
        if (count < 0 || count > _rest.Length / least)
        {
            IsWrong = true;
            return 0;
        }

        return count;
    }

    /// <summary>A text of at most <paramref name="max"/> bytes.</summary>
    public string Text(int max)
    {
        int length = UInt16();
        IsWrong |= length > max;
        ReadOnlySpan<byte> bytes = Take(length).Span;
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            IsWrong = true;
            return "";
        }
    }

    /// <summary>At most <paramref name="max"/> bytes. They are not copied.</summary>
    public ReadOnlyMemory<byte> Bytes(int max)
    {
        int length = Int32();
        IsWrong |= length < 0 || length > max;
        return Take(length);
    }

    private ReadOnlyMemory<byte> Take(int count)
    {
        if (IsWrong || count > _rest.Length)
        {
            IsWrong = true;
            return default;
        }

        ReadOnlyMemory<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
