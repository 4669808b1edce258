using System.Globalization;

namespace ThreadedChat.ChatCheck.Programs;

/// <summary>A process and all processes that it has started.</summary>
internal static class ProcessFamily
{
    private const string Root = "/proc";

    // The fields of a process's stat line behind its name: state, parent, group, session.
    private const int ParentField = 1;
    private const int GroupField = 2;
    private const int SessionField = 3;

    /// <summary>The numbers of <paramref name="process"/>, its group, its session and its descendants.</summary>
    public static HashSet<int> Of(int process)
    {
        var all = new Dictionary<int, (int Parent, int Group, int Session)>();
        foreach (string folder in Directory.EnumerateDirectories(Root))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id) && Read(folder) is { } relations)
            {
                all[id] = relations;
            }
        }

        HashSet<int> family = [process, .. all.Where(one => one.Value.Group == process || one.Value.Session == process).Select(one => one.Key)];
        int before;
        do
        {
            before = family.Count;
            family.UnionWith(all.Where(one => family.Contains(one.Value.Parent)).Select(one => one.Key));
        }
        while (family.Count > before);

        return family;
    }

    private static (int Parent, int Group, int Session)? Read(string folder)
    {
        try
        {
            string line = File.ReadAllText(Path.Combine(folder, "stat"));
            string[] fields = line[(line.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return (Number(fields[ParentField]), Number(fields[GroupField]), Number(fields[SessionField]));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // it has ended
        }
    }

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);
}
