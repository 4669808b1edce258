using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>The beginning of an address that all addresses of one network share.</summary>
/// <param name="Bits">The address as a number, all bits behind the prefix 0.</param>
/// <param name="Length">How many bits count, of 128; an IPv4 address is behind 96 of its own.</param>
internal readonly record struct AddressPrefix(UInt128 Bits, int Length)
{
    private const int IPv6Bits = 128;
    private const int IPv4Bits = 32;

    /// <summary>The network of one customer, who can use any address in it.</summary>
    private const int IPv6Customer = 64;

    /// <summary>The prefix that stands for one peer: an IPv4 address, or the /64 of an IPv6 address.</summary>
    public static AddressPrefix OfPeer(IPAddress address) => Of(address, IPv4Bits, IPv6Customer);

    /// <summary>The first bits of an address; how many depends on its family.</summary>
    public static AddressPrefix Of(IPAddress address, int ipv4Length, int ipv6Length)
    {
        int length = address.AddressFamily == AddressFamily.InterNetwork ? IPv6Bits - IPv4Bits + ipv4Length : ipv6Length;
        Span<byte> bytes = stackalloc byte[IPv6Bits / 8];
        address.MapToIPv6().TryWriteBytes(bytes, out _);
        UInt128 bits = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return new AddressPrefix(bits & (UInt128.MaxValue << (IPv6Bits - length)), length);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Bits:x32}/{Length}";
}
