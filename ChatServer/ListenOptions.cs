using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.ChatServer.Secure;

namespace ThreadedChat.ChatServer;

/// <summary>The options that say where the server listens, and with which certificate (docs/operating.md).</summary>
internal static class ListenOptions
{
    private static readonly ListenSettings Defaults = new();

    private static readonly Option<ListenAddress[]> Listen = new("--listen")
    {
        Description = "Listen on ADDRESS:PORT, [IPV6]:PORT or unix:PATH too, or instead of PORT (may be given more than once)",
        HelpName = "WHERE",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = ParseAddresses,
    };

    private static readonly Option<UnixFileMode> UnixMode = new("--socket-mode")
    {
        Description = "Permissions of a Unix socket, in octal digits as for chmod",
        HelpName = "MODE",
        DefaultValueFactory = _ => Defaults.UnixMode,
        CustomParser = ParseMode,
    };

    private static readonly Option<bool> ProxyProtocol = new("--proxy-protocol")
    {
        Description = "All connections from this machine come from a proxy: each begins with a PROXY header of version 2",
        Arity = ArgumentArity.Zero,
    };

    private static readonly Option<IPNetwork[]> ProxyFrom = new("--proxy-from")
    {
        Description = "The same for each connection from NETWORK, such as 192.0.2.1 or 192.0.2.0/24 (may be given more than once)",
        HelpName = "NETWORK",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = ParseNetworks,
    };

    private static readonly Option<string?> Certificate = File("--tls-cert", "Speak TLS with the certificate in FILE (PEM, followed by those between it and its authority)");

    private static readonly Option<string?> Key = File("--tls-key", "The private key of the certificate (PEM)");

    private static readonly Option<int?> TlsPort = new("--tls-port")
    {
        Description = "Speak TLS only on this port, on every interface (0 to 65535; default: on every port, but not on Unix sockets)",
        HelpName = "PORT",
        CustomParser = ParsePort,
    };

    private static readonly Option<string?> ClientAuthorities = File(
        "--tls-client-ca", "Ask clients for a certificate of an authority in FILE (PEM), and accept its common name as authenticated");

    private static readonly Option[] All = [Listen, UnixMode, ProxyProtocol, ProxyFrom, Certificate, Key, TlsPort, ClientAuthorities];

    public static OptionGroup Group { get; } = new(All, Apply, Check);

    private static ServerOptions Apply(ServerOptions options, ParseResult result) => options with
    {
        Listen = new ListenSettings
        {
            Addresses = result.GetValue(Listen) is { Length: > 0 } addresses ? addresses : [],
            UnixMode = result.GetValue(UnixMode),
            TakesProxies = result.GetValue(ProxyProtocol),
            Proxies = result.GetValue(ProxyFrom) is { Length: > 0 } proxies ? proxies : [],
            Tls = result.GetValue(Certificate) is string certificate && result.GetValue(Key) is string key
                ? new TlsFiles(certificate, key, result.GetValue(ClientAuthorities))
                : null,
            TlsPort = result.GetValue(TlsPort),
        },
    };

    private static string? Check(ServerOptions options, ParseResult result) =>
        result.GetValue(Certificate) is null != result.GetValue(Key) is null ? "--tls-cert and --tls-key need each other."
        : result.GetValue(Certificate) is null && result.GetValue(TlsPort) is not null ? "--tls-port needs --tls-cert."
        : result.GetValue(Certificate) is null && result.GetValue(ClientAuthorities) is not null ? "--tls-client-ca needs --tls-cert."
        : options.Port is null && options.Listen.TlsPort is null && options.Listen.Addresses.Count == 0 ? CheckInherited()
        : null;

    private static string? CheckInherited()
    {
        try
        {
            return InheritedSockets.Count() > 0 ? null : "PORT is missing, and there is no --listen.";
        }
        catch (IOException e)
        {
            return e.Message;
        }
    }

    private static Option<string?> File(string name, string description) => new(name) { Description = description, HelpName = "FILE" };

    private static ListenAddress[] ParseAddresses(ArgumentResult result)
    {
        var addresses = new List<ListenAddress>();
        foreach (string text in result.Tokens.Select(token => token.Value))
        {
            if (ListenAddress.Parse(text) is ListenAddress address)
            {
                addresses.Add(address);
            }
            else
            {
                result.AddError($"--listen must be ADDRESS:PORT, [IPV6]:PORT or unix:PATH, not '{text}'.");
            }
        }

        return [.. addresses];
    }

    private static IPNetwork[] ParseNetworks(ArgumentResult result)
    {
        var networks = new List<IPNetwork>();
        foreach (string text in result.Tokens.Select(token => token.Value))
        {
            if (TrustedNetworks.Parse(text) is IPNetwork network)
            {
                networks.Add(network);
            }
            else
            {
                result.AddError($"--proxy-from must be an address or a network such as 192.0.2.0/24 or 2001:db8::/32, not '{text}'.");
            }
        }

        return [.. networks];
    }

    private static UnixFileMode ParseMode(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (text.Length is < 3 or > 4 || text.Any(c => c is < '0' or > '7') || Convert.ToInt32(text, 8) is not (> 0 and <= 0b111_111_111 and int mode))
        {
            result.AddError($"--socket-mode must be an octal number from 001 to 777, not '{text}'.");
            return Defaults.UnixMode;
        }

        return (UnixFileMode)mode;
    }

    private static int? ParsePort(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
        {
            return port;
        }

        result.AddError($"--tls-port must be a number from 0 to 65535, not '{text}'.");
        return null;
    }
}
