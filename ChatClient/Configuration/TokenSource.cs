using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Configuration;

/// <summary>
/// Where the token of an account comes from, best first: a prompt, the file of <c>--token-file</c>, the environment, the configuration file.
/// Never the command line, which every user of the machine can read. No message shows any of the token.
/// </summary>
internal static class TokenSource
{
    /// <summary>The variable of the environment.</summary>
    public const string Variable = "THREADEDCHAT_TOKEN";

    /// <summary>A larger file is something else.</summary>
    private const int MostBytes = 4096;

    /// <summary>Reads the token; null for none. False if there should be one, with the reason in one line.</summary>
    /// <param name="ask">Asks the user; null if that is not wanted. Returns null if the user gives none.</param>
    /// <param name="file">The file; null for none.</param>
    /// <param name="environment">The value of <see cref="Variable"/>; null for none.</param>
    /// <param name="configured">The token in the configuration file; null for none.</param>
    /// <param name="token">The token.</param>
    /// <param name="error">What is wrong; else null.</param>
    public static bool TryRead(Func<string?>? ask, string? file, string? environment, string? configured, out string? token, out string? error)
    {
        error = null;
        string where = ask is not null ? "What was typed" : file is not null ? $"The file '{file}'" : environment is not null ? Variable : "The configuration file";
        try
        {
            token = (ask is not null ? ask() ?? "" : file is not null ? ReadFile(file) : environment ?? configured)?.Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            token = null;
            error = $"Cannot read the token: {e.Message}";
            return false;
        }

        if (token is not null && !AccountToken.IsToken(token))
        {
            token = null;
            error = $"{where} has no token: it has the form k7m2-p9qx-4n8r-t3wz-h6cd-5b1v-j0.";
        }

        return error is null;
    }

    /// <summary>True if <paramref name="name"/> has a token behind it, as other clients take it.</summary>
    public static bool HasToken(string name)
    {
        int colon = name.IndexOf(AccountToken.Separator, StringComparison.Ordinal);
        return colon >= 0 && AccountToken.IsToken(name[(colon + 1)..].Trim());
    }

    private static string ReadFile(string path)
    {
        using FileStream file = File.OpenRead(path);
        var bytes = new byte[MostBytes];
        int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return System.Text.Encoding.UTF8.GetString(bytes, 0, length);
    }
}
