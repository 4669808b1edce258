using System.Text;

namespace ThreadedChat.ChatServer.Http;

/// <summary>
/// A request of HTTP/1.0 or 1.1 without a body (RFC 9112). Only the forms that browsers and scrapers send are accepted. Anything
/// else is rejected, because the input is not trusted.
/// </summary>
/// <param name="Method">As it was sent: methods are case-sensitive.</param>
/// <param name="Path">Begins with a slash; not decoded, since no path of the server needs it.</param>
/// <param name="Query">What stands after the question mark; empty if there is none.</param>
/// <param name="Fields">The header fields by name, without regard to case.</param>
internal sealed record HttpRequest(string Method, string Path, string Query, IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>The value of a header field, or null.</summary>
    public string? this[string field] => Fields.GetValueOrDefault(field);

    /// <summary>The value of <paramref name="name"/> in the query, or null. Not decoded: the values are numbers.</summary>
    public string? Parameter(string name) => Query.Split('&')
        .Select(pair => pair.Split('=', 2))
        .FirstOrDefault(pair => pair[0] == name && pair.Length == 2)?[1];

    /// <summary>Reads the head of a request, up to and without the empty line.</summary>
    /// <returns>Null if it is not a valid request of the kind that is served.</returns>
    public static HttpRequest? TryParse(ReadOnlySpan<byte> head)
    {
        if (head.ContainsAnyExcept(PrintableOrBreak))
        {
            return null;
        }

        string[] lines = Encoding.ASCII.GetString(head).Split("\r\n");
        string[] start = lines[0].Split(' ');
        if (start.Length != 3 || !IsToken(start[0]) || !start[1].StartsWith('/') || start[2] is not ("HTTP/1.1" or "HTTP/1.0"))
        {
            return null;
        }

        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string line in lines.Skip(1))
        {
            // A field that comes twice, or is continued on the next line, may mean different things to different programs.
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || line.Contains('\n') || line.Contains('\r') || !IsToken(line[..colon])
                || !fields.TryAdd(line[..colon], line[(colon + 1)..].Trim(' ', '\t')))
            {
                return null;
            }
        }

        string[] target = start[1].Split('?', 2);
        return new HttpRequest(start[0], target[0], target.Length > 1 ? target[1] : "", fields);
    }

    private static readonly System.Buffers.SearchValues<byte> PrintableOrBreak =
        System.Buffers.SearchValues.Create([(byte)'\t', (byte)'\r', (byte)'\n', .. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (byte)c)]);

    private static bool IsToken(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal));
}
