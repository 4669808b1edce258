namespace ThreadedChat.ChatServer.Secure;

/// <summary>The files, in PEM, that say who the server is and whom it believes.</summary>
/// <param name="Certificate">The certificate, followed by the certificates between it and its authority.</param>
/// <param name="Key">Its private key.</param>
/// <param name="ClientAuthorities">The authorities of the clients' certificates; null: clients are not asked for one.</param>
internal sealed record TlsFiles(string Certificate, string Key, string? ClientAuthorities = null);
