using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ThreadedChat.ChatClient.Connection;

/// <summary>Where one server is.</summary>
/// <param name="Host">A host name or an address; not empty.</param>
/// <param name="Port">1 to 65535.</param>
internal sealed record ServerAddress(string Host, int Port)
{
    /// <summary>Between the servers of a list.</summary>
    public const char Separator = ',';

    /// <summary>
    /// Reads <c>HOST:PORT,HOST:PORT</c>, one or several. An IPv6 address is in brackets. Null and an error, or no error if
    /// the text has no port at all, and so is a host alone.
    /// </summary>
    public static IReadOnlyList<ServerAddress>? ParseList(string text, out string? error)
    {
        error = null;
        string[] parts = text.Split(Separator);
        if (parts is [var only] && !HasPort(only))
        {
            return null;
        }

        var addresses = new List<ServerAddress>();
        foreach (string part in parts)
        {
            if (!TryParse(part.Trim(), out ServerAddress? address))
            {
                error = $"HOST must be a host, or a list of HOST:PORT with ports from 1 to 65535 and commas between; '{part}' is not one.";
                return null;
            }

            addresses.Add(address);
        }

        return addresses;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");

    /// <summary>An IPv6 address without brackets has several colons, and no port.</summary>
    private static bool HasPort(string text) => text.StartsWith('[') || text.Count(character => character == ':') == 1;

    private static bool TryParse(string text, [NotNullWhen(true)] out ServerAddress? address)
    {
        address = null;
        int colon = text.LastIndexOf(':');
        if (colon < 1 || !HasPort(text))
        {
            return false;
        }

        string host = text[..colon];
        bool isBracketed = host.StartsWith('[') && host.EndsWith(']');
        host = isBracketed ? host[1..^1] : host;
        if (host.Length > 0
            && host.IndexOfAny(['[', ']']) < 0
            && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port)
            && port is >= 1 and <= 65535)
        {
            address = new ServerAddress(host, port);
        }

        return address is not null;
    }
}
