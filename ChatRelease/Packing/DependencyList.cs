using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ThreadedChat.ChatRelease.Packing;

/// <summary>
/// Finishes a list of dependencies in CycloneDX form: adds the part of .NET that is inside the programs, which is no package of theirs,
/// and replaces what differs from one run of the tool to the next.
/// </summary>
internal static class DependencyList
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true };

    /// <param name="file">Is read, and written again.</param>
    /// <param name="time">The time of the list.</param>
    /// <param name="runtime">The version of .NET.</param>
    /// <param name="version">The version of the programs.</param>
    public static void Finish(string file, DateTimeOffset time, string runtime, string version)
    {
        JsonObject list = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        list.Remove("serialNumber"); // random
        JsonObject about = list["metadata"]!.AsObject();
        about["timestamp"] = time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        about["component"] = new JsonObject
        {
            ["type"] = "application",
            ["bom-ref"] = "threadedchat",
            ["name"] = "threadedchat",
            ["version"] = version,
        };
        JsonArray parts = list["components"]!.AsArray();
        parts.Add((JsonNode)new JsonObject
        {
            ["type"] = "framework",
            ["bom-ref"] = $"dotnet-runtime@{runtime}",
            ["name"] = "Microsoft.NETCore.App",
            ["version"] = runtime,
            ["licenses"] = new JsonArray(new JsonObject { ["license"] = new JsonObject { ["id"] = "MIT" } }),
            ["purl"] = $"pkg:github/dotnet/runtime@v{runtime}",
        });
        using var utf8 = new MemoryStream();
        using (var writer = new Utf8JsonWriter(utf8, Readable))
        {
            list.WriteTo(writer);
        }

        File.WriteAllText(file, Encoding.UTF8.GetString(utf8.ToArray()) + "\n");
    }
}
