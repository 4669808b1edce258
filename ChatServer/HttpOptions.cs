using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;

namespace ThreadedChat.ChatServer;

/// <summary>The option of the metrics and the live page (docs/live.md, docs/metrics.md).</summary>
internal static class HttpOptions
{
    private const string Localhost = "localhost";

    private static readonly Option<IPEndPoint?> Http = new("--http")
    {
        Description = "Serve the live page, /metrics, /healthz and /readyz over HTTP; without an address only to this machine (0: any free port)",
        HelpName = "[ADDRESS:]PORT",
        CustomParser = Parse,
    };

    private static readonly Option[] All = [Http];

    public static OptionGroup Group { get; } = new(All, Apply, Check: (_, _) => null);

    private static ServerOptions Apply(ServerOptions options, ParseResult result) => options with { Http = result.GetValue(Http) };

    private static IPEndPoint? Parse(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        int colon = text.LastIndexOf(':');
        string address = text[..Math.Max(colon, 0)];
        bool isPort = ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port);
        IPAddress? ip = address is "" or Localhost ? IPAddress.Loopback : AddressOf(address);
        if (!isPort || ip is null)
        {
            result.AddError($"--http must be a port, or an address and a port such as 127.0.0.1:9464 or [::1]:9464, not '{text}'.");
            return null;
        }

        return new IPEndPoint(ip, port);
    }

    /// <summary>An address of IPv6 stands in brackets, as in a URL: its own colons would be taken for the one before the port.</summary>
    private static IPAddress? AddressOf(string text)
    {
        bool isInBrackets = text is ['[', .., ']'];
        return IPAddress.TryParse(isInBrackets ? text[1..^1] : text, out IPAddress? address)
            && isInBrackets == text.Contains(':', StringComparison.Ordinal)
            && (isInBrackets || text.Count(c => c == '.') == 3)
            ? address
            : null;
    }
}
