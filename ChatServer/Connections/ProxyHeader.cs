using System.Buffers.Binary;
using System.Net;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>
/// The header in which a proxy names the client for which it connects: version 2 of the PROXY protocol
/// (https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt, section 2.2). Its extensions (TLV) are skipped.
/// </summary>
internal static class ProxyHeader
{
    /// <summary>Bytes of its beginning: the signature, version and command, family and protocol, and the length of the rest.</summary>
    public const int BeginningSize = 16;

    /// <summary>Bytes of the longest header that is taken: a proxy that adds all usual extensions stays below it.</summary>
    public const int MaxSize = 2 * 1024;

    private const int Version2 = 0x20;
    private const int Local = 0x0;
    private const int Proxy = 0x1;

    // Family and protocol.
    private const byte Unspecified = 0x00;
    private const byte TcpOverIPv4 = 0x11;
    private const byte TcpOverIPv6 = 0x21;
    private const byte UnixStream = 0x31;

    // The addresses and ports of both ends.
    private const int IPv4Size = (2 * 4) + (2 * 2);
    private const int IPv6Size = (2 * 16) + (2 * 2);
    private const int UnixSize = 2 * 108;

    private static ReadOnlySpan<byte> Signature => "\r\n\r\n\0\r\nQUIT\n"u8;

    /// <summary>How many bytes follow the beginning; null if it is not the beginning of such a header.</summary>
    public static int? LengthOfRest(ReadOnlySpan<byte> beginning) =>
        beginning.StartsWith(Signature) && (beginning[12] & 0xF0) == Version2 ? BinaryPrimitives.ReadUInt16BigEndian(beginning[14..]) : null;

    /// <summary>Reads a whole header. False if it is wrong.</summary>
    /// <param name="header">The beginning, and as many bytes as it says.</param>
    /// <param name="client">The client that the proxy connects for; null if the proxy connects for itself, or does not know.</param>
    public static bool TryParse(ReadOnlySpan<byte> header, out IPEndPoint? client)
    {
        client = null;
        ReadOnlySpan<byte> rest = header[BeginningSize..];
        switch (header[12] & 0x0F, header[13])
        {
            case (Local, _):
            case (Proxy, Unspecified):
                return true;
            case (Proxy, UnixStream):
                return rest.Length >= UnixSize;
            case (Proxy, TcpOverIPv4) when rest.Length >= IPv4Size:
                client = EndPoint(rest[..4], rest.Slice(8, 2));
                return true;
            case (Proxy, TcpOverIPv6) when rest.Length >= IPv6Size:
                client = EndPoint(rest[..16], rest.Slice(32, 2));
                return true;
            default:
                return false;
        }
    }

    private static IPEndPoint EndPoint(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> port)
    {
        var address = new IPAddress(bytes);
        return new IPEndPoint(
            address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, BinaryPrimitives.ReadUInt16BigEndian(port));
    }
}
