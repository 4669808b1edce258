using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>
/// A program of the system that clients without TLS connect to, and that speaks TLS with the server for them. It accepts only a server that
/// the authority of a test vouches for.
/// </summary>
internal sealed partial class TlsTunnel : IDisposable
{
    private readonly HeldPort? _held;
    private readonly ChatProcess _process;

    private TlsTunnel(ChatProcess process, int port, HeldPort? held = null) => (_process, Port, _held) = (process, port, held);

    /// <summary>Where clients connect.</summary>
    public int Port { get; }

    /// <summary>Starts <c>stunnel</c> or <c>socat</c>, which must be there.</summary>
    public static TlsTunnel Start(string program, int server, TestCertificates certificates) => program switch
    {
        "stunnel" => StartStunnel(server, certificates),
        "socat" => StartSocat(server, certificates),
        _ => throw new ArgumentException(program),
    };

    public void Dispose()
    {
        _process.Dispose();
        _held?.Dispose();
    }

    private static TlsTunnel StartSocat(int server, TestCertificates certificates)
    {
        var process = new ChatProcess(
            "socat",
            Repository.Root,
            "-d", "-d", "TCP-LISTEN:0,bind=127.0.0.1,fork", $"OPENSSL:localhost:{server},pf=ip4,verify=1,cafile={certificates.AuthorityFile}");
        string listening = process.Error.AwaitSinceLastLook(text => SocatPort().IsMatch(text), "socat should listen");
        return new TlsTunnel(process, int.Parse(SocatPort().Match(listening).Groups[1].ValueSpan, CultureInfo.InvariantCulture));
    }

    /// <summary>It does not print its port, so the test chooses the port.</summary>
    private static TlsTunnel StartStunnel(int server, TestCertificates certificates)
    {
        var held = new HeldPort();
        string file = certificates.PathOf("stunnel.conf");
        File.WriteAllText(file, string.Create(CultureInfo.InvariantCulture, $"""
            foreground = yes
            [chat]
            client = yes
            accept = 127.0.0.1:{held.Number}
            connect = 127.0.0.1:{server}
            CAfile = {certificates.AuthorityFile}
            verifyChain = yes
            checkHost = localhost

            """));
        var tunnel = new TlsTunnel(new ChatProcess("stunnel", Repository.Root, file), held.Number, held);
        Eventually.True(tunnel.Listens, "stunnel should listen");
        return tunnel;
    }

    private bool Listens()
    {
        Assert.IsFalse(_process.HasExitedWithin(TimeSpan.Zero), _process.Error.All);
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Connect(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    [GeneratedRegex("listening on [^ ]+ 127.0.0.1:([0-9]+)")]
    private static partial Regex SocatPort();
}
