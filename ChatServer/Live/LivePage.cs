using System.Reflection;
using ThreadedChat.ChatServer.Http;

namespace ThreadedChat.ChatServer.Live;

/// <summary>The files of the live page, which are resources of this program, and what the page asks for.</summary>
internal static class LivePage
{
    private const string Prefix = "Live.";

    /// <summary>Adds all paths of the page.</summary>
    public static void AddTo(Dictionary<string, HttpRoute> routes, LiveView view)
    {
        foreach (string resource in typeof(LivePage).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            string file = resource[Prefix.Length..];
            routes[file == "index.html" ? "/" : $"/{file}"] = new HttpRoute(HttpKind.Page, (_, reply) => reply.Send(200, TypeOf(file), Read(resource)));
        }

        var stream = new LiveStream(view);
        routes["/events"] = new HttpRoute(HttpKind.Stream, (_, reply) => stream.Run(reply));
        routes["/frames"] = new HttpRoute(HttpKind.Page, (request, reply) => FramesAnswer.Send(request, reply, view));
    }

    private static string TypeOf(string file) => Path.GetExtension(file) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "text/javascript; charset=utf-8",
    };

    private static byte[] Read(string resource)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
