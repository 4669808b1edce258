using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ThreadedChat.ChatClient.Connection;

/// <summary>
/// The file of the servers seen before: a line for each, with its host, its port and the digest of its public key. It is the key that counts,
/// so a certificate may be renewed. A line that is no such line is skipped.
/// </summary>
internal sealed class KnownHosts(string file)
{
    /// <summary>In place of a key: an authority that this machine trusts has vouched for the server.</summary>
    public const string ByAuthority = "authority";

    public string File => file;

    /// <summary>The key of a certificate, as a line of the file has it.</summary>
    public static string KeyOf(X509Certificate2 certificate) =>
        "SHA256:" + Convert.ToBase64String(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo())).TrimEnd('=');

    /// <summary>The key that the file has for a server, or <see cref="ByAuthority"/>, and its line, from 1. Null if it has none.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public (string Key, int Line)? Find(string host, int port)
    {
        if (!Path.Exists(file))
        {
            return null;
        }

        string server = NameOf(host, port);
        int line = 0;
        foreach (string text in System.IO.File.ReadLines(file))
        {
            line++;
            if (text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [string name, string key] && name == server)
            {
                return (key, line);
            }
        }

        return null;
    }

    /// <summary>Adds a server. Only the user may read the file.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void Add(string host, int port, string key)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var stream = new FileStream(file, options);
        stream.Write(System.Text.Encoding.UTF8.GetBytes($"{NameOf(host, port)} {key}\n")); // one write: other clients may append too
    }

    private static string NameOf(string host, int port) =>
        string.Create(CultureInfo.InvariantCulture, $"[{host.ToLowerInvariant().Replace(' ', '_')}]:{port}");
}
