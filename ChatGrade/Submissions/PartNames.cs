using ThreadedChat.ChatCheck.Suites;

namespace ThreadedChat.ChatGrade.Submissions;

/// <summary>The names that students give to the programs of the parts.</summary>
internal static class PartNames
{
    private static readonly Dictionary<string, (string[] Names, string Arguments)> Known = new()
    {
        [AllSuites.BasicServer.Name] = (["basicserver", "part0server", "server0"], "{port}"),
        [AllSuites.BasicClient.Name] = (["basicclient", "part0client", "client0"], "{host} {port}"),
        [AllSuites.Server.Name] = (["server", "chatserver", "servidor", "srv"], "{port}"),
        [AllSuites.Client.Name] = (["client", "chatclient", "cliente"], "{name} {host} {port}"),
    };

    /// <summary>The arguments of a part, as the assignment has them.</summary>
    public static string ArgumentsOf(string part) => Known[part].Arguments;

    /// <summary>
    /// How well a file name without its ending fits a part: 0 is best, null not at all. Case, <c>-</c> and <c>_</c> do not matter.
    /// </summary>
    public static int? Fit(string part, string stem)
    {
        string plain = stem.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
        int place = Array.IndexOf(Known[part].Names, plain);
        return place < 0 ? null : place;
    }
}
