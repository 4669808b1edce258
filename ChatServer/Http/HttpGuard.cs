using System.Net;

namespace ThreadedChat.ChatServer.Http;

/// <summary>
/// Decides which requests are answered. A browser sends requests for any page that its user has open, and DNS can give a page's name the
/// address of this machine (DNS rebinding). So the host that the browser asked for must be an address, <c>localhost</c> or the name
/// of this machine, and no page of another origin may ask.
/// </summary>
/// <param name="machine">The name of this machine.</param>
internal sealed class HttpGuard(string machine)
{
    /// <summary>What is wrong with a request: a status and a line of text; null if it may be answered.</summary>
    public (int Status, string Text)? Reject(HttpRequest request)
    {
        string? host = request["Host"];
        return host is null || request["Content-Length"] is not (null or "0") || request["Transfer-Encoding"] is not null
                ? (400, HttpReply.NoRequest)
            : request.Method != "GET" ? (405, "Only GET is answered.")
            : !IsOwn(host) ? (421, $"Ask for this page by the machine's address, or as localhost or {machine}.")
            : request["Origin"] is string origin && origin != $"http://{host}" ? (403, "Pages of other origins get no answer.")
            : IsFromOtherSite(request) ? (403, "Pages of other sites get no answer.")
            : null;
    }

    /// <summary>True if another site's page asks. That page may lead its reader here by a link.</summary>
    private static bool IsFromOtherSite(HttpRequest request) =>
        request["Sec-Fetch-Site"] is "cross-site" or "same-site"
        && !(request["Sec-Fetch-Mode"] == "navigate" && request["Sec-Fetch-Dest"] == "document");

    private bool IsOwn(string host)
    {
        string name = WithoutPort(host);
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || name.Equals(machine, StringComparison.OrdinalIgnoreCase)
            || IPAddress.TryParse(name.Trim('[', ']'), out _);
    }

    private static string WithoutPort(string host)
    {
        int colon = host.LastIndexOf(':');
        return colon > host.LastIndexOf(']') ? host[..colon] : host;
    }
}
