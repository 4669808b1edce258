using ThreadedChat.ChatGrade.Settings;

namespace ThreadedChat.ChatGrade.Submissions;

/// <summary>One submission and how it is built and started.</summary>
/// <param name="Name">The name of its folder.</param>
/// <param name="Folder">Its folder.</param>
/// <param name="Build">A line for the shell; empty where nothing is built.</param>
/// <param name="Commands">The command of each part that is known.</param>
/// <param name="Parts">The parts that are wanted.</param>
internal sealed record Submission(
    string Name, string Folder, string Build, IReadOnlyDictionary<string, string> Commands, IReadOnlyList<string> Parts)
{
    /// <summary>The submissions of a class, by name. Where the parts are not told, they are those that some submission has.</summary>
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
        foreach (string part in ClassSettings.AllParts)
        {
            if ((own?.Commands.Parts.GetValueOrDefault(part)
                ?? settings.Commands.Parts.GetValueOrDefault(part)
                ?? found.FirstOrDefault(one => one.Part == part)?.Command) is string command)
            {
                commands[part] = command;
            }
        }

        IReadOnlyList<string> parts = own?.Parts ?? usual;
        string build = own?.Commands.Build
            ?? settings.Commands.Build
            ?? string.Join(" && ", found.Where(one => parts.Contains(one.Part) && one.Build.Length > 0).Select(one => one.Build).Distinct());
        return new Submission(folder.Name, folder.FullName, build, commands, parts);
    }
}
