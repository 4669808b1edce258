using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>Connects clients that speak TLS, as another implementation would.</summary>
internal static class TlsTestClient
{
    /// <summary>Connects to this machine, with a handshake. The certificate of the server must be one of <paramref name="authorityFile"/>.</summary>
    /// <param name="port">The port of the server.</param>
    /// <param name="authorityFile">In PEM.</param>
    /// <param name="protocols">The versions that the client offers.</param>
    /// <param name="own">The client's certificate; null if it has none.</param>
    /// <exception cref="AuthenticationException">There was no agreement.</exception>
    public static WireClient Connect(int port, string authorityFile, SslProtocols protocols = SslProtocols.None, X509Certificate2? own = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(IPAddress.Loopback, port);
        return Connect(socket, authorityFile, protocols, own);
    }

    /// <summary>The same over a connected socket.</summary>
    public static WireClient Connect(Socket socket, string authorityFile, SslProtocols protocols = SslProtocols.None, X509Certificate2? own = null)
    {
        try
        {
            return new WireClient(socket, Agree(socket, authorityFile, protocols, own));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Makes the handshake over any stream, which is the result's from now on.</summary>
    public static SslStream Agree(Stream stream, string authorityFile, SslProtocols protocols = SslProtocols.None, X509Certificate2? own = null)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(authorityFile);
        var tls = new SslStream(stream);
        tls.AuthenticateAsClient(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            EnabledSslProtocols = protocols,
            ApplicationProtocols = [new SslApplicationProtocol("cs168")],
            CertificateChainPolicy = policy,
            ClientCertificateContext = own is null ? null : SslStreamCertificateContext.Create(own, null, offline: true),
        });
        Assert.AreEqual("cs168", tls.NegotiatedApplicationProtocol.ToString());
        return tls;
    }

    private static SslStream Agree(Socket socket, string authorityFile, SslProtocols protocols, X509Certificate2? own)
    {
        socket.ReceiveTimeout = (int)Limit.Wait.TotalMilliseconds;
        return Agree(new NetworkStream(socket, ownsSocket: false), authorityFile, protocols, own);
    }
}
