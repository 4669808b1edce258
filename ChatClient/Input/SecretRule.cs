using System.Buffers;
using System.Text.RegularExpressions;

namespace ThreadedChat.ChatClient.Input;

/// <summary>
/// Which texts are not written to the history on disk, because they may contain a password or a token. The rule is described in
/// docs/client.md. It leaves out too much rather than too little: such a text is only missing from the next session's history.
/// </summary>
internal static partial class SecretRule
{
    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdefABCDEF-");

    /// <summary>True if <paramref name="text"/> may contain a secret, or begins with a space, by which a user says so.</summary>
    public static bool IsSecret(string text) =>
        text.StartsWith(' ') || Word().IsMatch(text) || KnownToken().IsMatch(text) || CredentialsInUrl().IsMatch(text)
        || HasRandomWord(text) || AccountTokenForm().IsMatch(text);

    private static bool HasRandomWord(string text)
    {
        foreach (ValueMatch word in LongWord().EnumerateMatches(text))
        {
            if (LooksRandom(text.AsSpan(word.Index, word.Length)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Capitals, small letters and digits together, as in keys in base 64; or digits and letters up to f, as in keys in base 16.</summary>
    private static bool LooksRandom(ReadOnlySpan<char> word)
    {
        bool hasDigit = word.ContainsAnyInRange('0', '9');
        bool hasLower = word.ContainsAnyInRange('a', 'z');
        bool hasUpper = word.ContainsAnyInRange('A', 'Z');
        return hasDigit && ((hasLower && hasUpper) || ((hasLower || hasUpper) && !word.ContainsAnyExcept(Hexadecimal)));
    }

    // In the languages of the readmes and a few more.
    [GeneratedRegex(
        @"pass(word|wd|phrase|code)|secret|token|(api|access|private)[ _-]?key|credential|\bbearer\b|\b(pass|pwd?|pin|otp)( is\b|\s*[:=])|senha|contrase[ñn]a|mot de passe|passwort|kennwor[dt]|wachtwoord|\bparola\b|парол|密码|密碼|パスワード|비밀번호",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    // The token of an account of our own servers.
    [GeneratedRegex(@"\b[0-9a-z]{4}(-[0-9a-z]{4}){5}-[0-9a-z]{2}\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AccountTokenForm();

    // How the keys of well-known services begin; a JSON Web Token.
    [GeneratedRegex(@"\b(gh[pousr]_|github_pat_|glpat-|xox[abprs]-|sk-|sk_live_|rk_live_|AKIA|ASIA|AIza|hf_|npm_|pypi-|dop_v1_)\w{6}|\beyJ[\w-]+\.[\w-]+\.")]
    private static partial Regex KnownToken();

    [GeneratedRegex(@"://[^/\s:@]*:[^/\s@]+@")]
    private static partial Regex CredentialsInUrl();

    // Without the slash, which joins the parts of an address to one long word.
    [GeneratedRegex("[A-Za-z0-9_+=-]{20,}")]
    private static partial Regex LongWord();
}
