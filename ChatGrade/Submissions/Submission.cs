using ThreadedChat.ChatGrade.Settings;

namespace ThreadedChat.ChatGrade.Submissions;

/// <summary>One submission and how it is built and started.</summary>
/// <param name="Name">The name of its folder.</param>
/// <param name="Folder">Its folder.</param>
/// <param name="Builds">For each known part the line for the shell that builds it; empty if nothing is built.</param>
/// <param name="Commands">The command of each part that is known.</param>
/// <param name="Parts">The parts that are wanted.</param>
internal sealed record Submission(
    string Name, string Folder, IReadOnlyDictionary<string, string> Builds, IReadOnlyDictionary<string, string> Commands, IReadOnlyList<string> Parts)
{
    public required Limits Limits { get; init; }

    /// <summary>All that is built, as one line.</summary>
    public string Build => string.Join(" && ", Parts.Select(BuildOf).Where(build => build.Length > 0).Distinct());

    /// <summary>Builds a part: a part that does not build does not change the others.</summary>
    public string BuildOf(string part) => Builds.GetValueOrDefault(part, "");

    /// <summary>The submissions of a class, by name. If the settings do not name the parts, they are those of all submissions.</summary>
    public static IReadOnlyList<Submission> All(string classFolder, ClassSettings settings) => WithParts(
        [
            .. new DirectoryInfo(classFolder).EnumerateDirectories()
                .Where(folder => !folder.Name.StartsWith('.') && folder.LinkTarget is null)
                .OrderBy(folder => folder.Name, StringComparer.Ordinal)
                .Where(folder => settings.Submissions.GetValueOrDefault(folder.Name) is not { IsLeftOut: true }),
        ],
        settings);

    /// <summary>A folder as the only submission.</summary>
    public static Submission One(string folder, ClassSettings settings) => WithParts([new DirectoryInfo(folder)], settings)[0];

    private static List<Submission> WithParts(IReadOnlyList<DirectoryInfo> folders, ClassSettings settings)
    {
        (DirectoryInfo Folder, IReadOnlyList<Found> Found)[] all = [.. folders.Select(folder => (folder, Discovery.Find(folder.FullName)))];
        IReadOnlyList<string> usual = settings.Parts
            ?? [.. ClassSettings.AllParts.Where(part => settings.Commands.Parts.ContainsKey(part) || all.Any(one => one.Found.Any(found => found.Part == part)))];
        return [.. all.Select(one => Read(one.Folder, one.Found, usual, settings))];
    }

    private static Submission Read(DirectoryInfo folder, IReadOnlyList<Found> found, IReadOnlyList<string> usual, ClassSettings settings)
    {
        SubmissionSettings? own = settings.Submissions.GetValueOrDefault(folder.Name);
        var commands = new Dictionary<string, string>();
        var builds = new Dictionary<string, string>();
        foreach (string part in ClassSettings.AllParts)
        {
            if ((own?.Commands.Parts.GetValueOrDefault(part)
                ?? settings.Commands.Parts.GetValueOrDefault(part)
                ?? found.FirstOrDefault(one => one.Part == part)?.Command) is string command)
            {
                commands[part] = command;
            }

            builds[part] = own?.Commands.Build ?? settings.Commands.Build ?? found.FirstOrDefault(one => one.Part == part)?.Build ?? "";
        }

        return new Submission(folder.Name, folder.FullName, builds, commands, own?.Parts ?? usual) { Limits = own?.Limits ?? settings.Limits };
    }
}
