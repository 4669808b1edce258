using System.Globalization;
using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatGrade.Settings;

namespace ThreadedChat.ChatGrade.Sandboxes;

/// <summary>The limits of all processes of a submission together: a scope of systemd, if that is running.</summary>
internal static class Scope
{
    private static readonly string[]? Tool = Find();

    /// <summary>Whether there is one.</summary>
    public static bool Exists => Tool is not null;

    /// <summary>Words in front of a command; none if there is no systemd.</summary>
    public static IReadOnlyList<string> Of(Limits limits) => Tool is null
        ? []
        :
        [
            .. Tool,
            "--property", string.Create(CultureInfo.InvariantCulture, $"MemoryMax={limits.Memory * 2L}M"), // the checker and the files of the copy are in it
            "--property", "MemorySwapMax=0",
            "--property", string.Create(CultureInfo.InvariantCulture, $"TasksMax={limits.Processes + 100}"),
            "--property", string.Create(CultureInfo.InvariantCulture, $"CPUQuota={Environment.ProcessorCount * 50}%"),
            "--",
        ];

    private static string[]? Find()
    {
        if (ProgramFiles.Find("systemd-run") is null)
        {
            return null;
        }

        string[] words = ["systemd-run", .. Environment.IsPrivilegedProcess ? (string[])[] : ["--user"], "--scope", "--quiet", "--collect"];
        return Probe.Runs([.. words, "--", "true"]) ? words : null;
    }
}
