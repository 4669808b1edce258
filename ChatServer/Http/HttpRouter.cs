namespace ThreadedChat.ChatServer.Http;

/// <summary>Decides what answers a request.</summary>
/// <param name="routes">What answers which path.</param>
/// <param name="guard">Decides which requests are answered.</param>
internal sealed class HttpRouter(IReadOnlyDictionary<string, HttpRoute> routes, HttpGuard guard)
{
    /// <summary>The kind of the answer, and what gives it.</summary>
    public (HttpKind Kind, Action<HttpReply> Answer) Find(HttpRequest request)
    {
        if (guard.Reject(request) is (int rejection, string text))
        {
            return Line(rejection, text);
        }

        return routes.GetValueOrDefault(request.Path) is HttpRoute route
            ? (route.Kind, reply => route.Handler(request, reply))
            : Line(404, "There is no such page.");
    }

    /// <summary>A line of text as an answer.</summary>
    public static (HttpKind Kind, Action<HttpReply> Answer) Line(int status, string text) => (HttpKind.Page, reply => reply.SendText(status, text));
}
