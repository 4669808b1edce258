using System.Text;

namespace ThreadedChat.ChatServer.Machine;

/// <summary>
/// The control groups of Linux that this process is in: version 1, where each controller has a tree of its own, version 2,
/// where all share one, and both at once.
/// </summary>
/// <param name="root">The root of the file system; tests have one of their own.</param>
internal sealed class ControlGroups(string root)
{
    private const string Version1 = "cgroup";
    private const string Version2 = "cgroup2";

    /// <summary>
    /// The folders of the groups whose limits of <paramref name="controller"/> apply to this process: its own group first,
    /// then those around it, as far as this process can see them.
    /// </summary>
    public IEnumerable<string> FoldersOf(string controller)
    {
        List<(string Controllers, string Path)> groups = [.. ProcessGroups()];
        foreach ((string type, string inside, string folder, string options) in Mounts())
        {
            bool isVersion2 = type == Version2;
            if (!isVersion2 && !options.Split(',').Contains(controller))
            {
                continue;
            }

            string? group = groups.Find(group => isVersion2 ? group.Controllers.Length == 0 : group.Controllers.Split(',').Contains(controller)).Path;
            for (string? path = group is null ? null : Below(inside, group); path is not null; path = Path.GetDirectoryName(path))
            {
                yield return root.TrimEnd('/') + folder.TrimEnd('/') + (path == "/" ? "" : path);
            }
        }
    }

    /// <summary>
    /// The path of <paramref name="group"/> in a mount that shows the part of the tree below <paramref name="inside"/>. A
    /// container often sees only its own part of the tree, under a path that it does not know: then the top is its group.
    /// </summary>
    private static string Below(string inside, string group) =>
        inside == "/" ? (group.Split('/').Contains("..") ? "/" : group)
        : group.StartsWith(inside + "/", StringComparison.Ordinal) ? group[inside.Length..]
        : "/";

    /// <summary>The group of this process in each tree, with the controllers of that tree: none for version 2.</summary>
    private IEnumerable<(string Controllers, string Path)> ProcessGroups() =>
        from line in SystemFiles.Lines(root, "/proc/self/cgroup")
        let fields = line.Split(':', 3) // number of the tree, controllers, path
        where fields.Length == 3 && fields[2].StartsWith('/')
        select (fields[1], fields[2]);

    /// <summary>Where the trees are mounted: proc(5), /proc/pid/mountinfo.</summary>
    private IEnumerable<(string Type, string Inside, string Folder, string Options)> Mounts() =>
        from line in SystemFiles.Lines(root, "/proc/self/mountinfo")
        let halves = line.Split(" - ", 2)
        where halves.Length == 2
        let fields = halves[0].Split(' ')
        let source = halves[1].Split(' ')
        where fields.Length >= 6 && source.Length >= 3 && source[0] is Version1 or Version2
        select (source[0], Unescape(fields[3]), Unescape(fields[4]), source[2]);

    /// <summary>The kernel writes blanks, line breaks and backslashes as three octal digits.</summary>
    private static string Unescape(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return text;
        }

        var plain = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 3 < text.Length && text.AsSpan(i + 1, 3).IndexOfAnyExceptInRange('0', '7') < 0)
            {
                plain.Append((char)Convert.ToInt32(text.Substring(i + 1, 3), 8));
                i += 3;
            }
            else
            {
                plain.Append(text[i]);
            }
        }

        return plain.ToString();
    }
}
