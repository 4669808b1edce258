using System.Buffers.Binary;
using System.Net;
using CsCheck;
using ThreadedChat.ChatServer.Connections;

namespace ThreadedChat.ChatServer.Tests.Connections;

/// <summary>The header of a proxy, and bytes of peers that are not proxies.</summary>
[TestClass]
public sealed class ProxyHeaderTests
{
    private static readonly byte[] Signature = [0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A];

    private static readonly byte[] IPv4 = [192, 0, 2, 7, 127, 0, 0, 1, 0xC3, 0x50, 0x00, 0x50];

    /// <summary>A header with this version and command, family and protocol, and rest.</summary>
    public static byte[] Header(byte command, byte family, byte[] rest, int? length = null)
    {
        var size = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(size, (ushort)(length ?? rest.Length));
        return [.. Signature, command, family, .. size, .. rest];
    }

    /// <summary>The header for a client with this address.</summary>
    public static byte[] For(IPAddress address, ushort port)
    {
        byte[] bytes = address.GetAddressBytes();
        var ports = new byte[4];
        BinaryPrimitives.WriteUInt16BigEndian(ports, port);
        return Header(0x21, bytes.Length == 4 ? (byte)0x11 : (byte)0x21, [.. bytes, .. bytes, .. ports]);
    }

    [TestMethod]
    [DataRow("192.0.2.7", (ushort)50000)]
    [DataRow("255.255.255.255", (ushort)65535)]
    [DataRow("2001:db8::7", (ushort)1)]
    public void The_client_has_the_address_in_the_header(string address, ushort port)
    {
        byte[] header = For(IPAddress.Parse(address), port);

        Assert.AreEqual(header.Length - ProxyHeader.BeginningSize, ProxyHeader.LengthOfRest(header.AsSpan(0, ProxyHeader.BeginningSize)));
        Assert.IsTrue(ProxyHeader.TryParse(header, out IPEndPoint? client));
        Assert.AreEqual(new IPEndPoint(IPAddress.Parse(address), port), client);
    }

    [TestMethod]
    public void An_IPv4_address_that_is_written_as_an_IPv6_one_is_shown_as_IPv4()
    {
        Assert.IsTrue(ProxyHeader.TryParse(For(IPAddress.Parse("::ffff:192.0.2.7"), 1), out IPEndPoint? client));
        Assert.AreEqual("192.0.2.7", client?.Address.ToString());
    }

    [TestMethod]
    [DataRow((byte)0x20, (byte)0x00, 0, DisplayName = "the proxy itself")]
    [DataRow((byte)0x20, (byte)0x11, 12, DisplayName = "the proxy itself, with addresses that do not count")]
    [DataRow((byte)0x20, (byte)0xFF, 3, DisplayName = "the proxy itself, with bytes of any kind")]
    [DataRow((byte)0x21, (byte)0x00, 0, DisplayName = "a client that the proxy does not know")]
    [DataRow((byte)0x21, (byte)0x31, 216, DisplayName = "a client on the proxy's machine")]
    public void A_header_may_have_no_client_address(byte command, byte family, int rest)
    {
        Assert.IsTrue(ProxyHeader.TryParse(Header(command, family, new byte[rest]), out IPEndPoint? client));
        Assert.IsNull(client);
    }

    [TestMethod]
    public void Extensions_behind_the_addresses_are_skipped()
    {
        Assert.IsTrue(ProxyHeader.TryParse(Header(0x21, 0x11, [.. IPv4, 0x04, 0x00, 0x01, 0x00]), out IPEndPoint? client));
        Assert.AreEqual("192.0.2.7:50000", client?.ToString());
    }

    [TestMethod]
    [DataRow((byte)0x22, (byte)0x11, 12, DisplayName = "a command that there is not")]
    [DataRow((byte)0x2F, (byte)0x00, 0, DisplayName = "another command that there is not")]
    [DataRow((byte)0x21, (byte)0x11, 11, DisplayName = "an address that is cut off")]
    [DataRow((byte)0x21, (byte)0x11, 0, DisplayName = "no address")]
    [DataRow((byte)0x21, (byte)0x21, 35, DisplayName = "an IPv6 address that is cut off")]
    [DataRow((byte)0x21, (byte)0x21, 12, DisplayName = "an IPv6 address as long as one of IPv4")]
    [DataRow((byte)0x21, (byte)0x31, 215, DisplayName = "a path that is cut off")]
    [DataRow((byte)0x21, (byte)0x12, 12, DisplayName = "UDP")]
    [DataRow((byte)0x21, (byte)0x41, 12, DisplayName = "a family that there is not")]
    [DataRow((byte)0x21, (byte)0x10, 12, DisplayName = "no protocol")]
    [DataRow((byte)0x21, (byte)0x01, 12, DisplayName = "no family")]
    public void A_header_that_is_wrong_is_rejected(byte command, byte family, int rest)
    {
        Assert.IsFalse(ProxyHeader.TryParse(Header(command, family, new byte[rest]), out IPEndPoint? client));
        Assert.IsNull(client);
    }

    [TestMethod]
    [DataRow((byte)0x11, DisplayName = "version 1")]
    [DataRow((byte)0x31, DisplayName = "version 3")]
    [DataRow((byte)0x01, DisplayName = "version 0")]
    public void A_header_of_another_version_is_rejected(byte command) =>
        Assert.IsNull(ProxyHeader.LengthOfRest(Header(command, 0x11, [])));

    [TestMethod]
    public void Each_byte_of_the_signature_counts()
    {
        for (int i = 0; i < Signature.Length; i++)
        {
            byte[] header = Header(0x21, 0x11, []);
            header[i] ^= 1;
            Assert.IsNull(ProxyHeader.LengthOfRest(header), $"byte {i}");
        }
    }

    [TestMethod]
    public void No_bytes_cause_an_exception_and_an_address_comes_only_from_a_header_that_has_one() =>
        Gen.Select(Gen.Byte, Gen.Byte, Gen.Byte.Array[0, 300]).Sample((command, family, rest) =>
        {
            byte[] header = Header(command, family, rest);
            bool isRight = ProxyHeader.TryParse(header, out IPEndPoint? client);
            return client is null || (isRight && (command & 0x0F) == 1 && family is 0x11 or 0x21 && rest.Length >= 12);
        });
}
