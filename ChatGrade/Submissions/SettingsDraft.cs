using System.Globalization;
using System.Text;
using ThreadedChat.ChatGrade.Settings;

namespace ThreadedChat.ChatGrade.Submissions;

/// <summary>A first <c>grade.toml</c> for a class: the defaults to change, and the files found in each submission.</summary>
internal static class SettingsDraft
{
    /// <summary>The text of the file, and the submissions for which a part was not found.</summary>
    public static (string Text, IReadOnlyList<(string Name, IReadOnlyList<string> Missing)> Open) Write(string folder)
    {
        var usual = new ClassSettings();
        IReadOnlyList<Submission> all = Submission.All(folder, usual);
        IReadOnlyList<string> parts = all.Count > 0 && all[0].Parts.Count > 0 ? all[0].Parts : ClassSettings.AllParts;
        var text = new StringBuilder(Head(folder, usual.Limits, parts));
        var open = new List<(string, IReadOnlyList<string>)>();
        foreach (Submission one in all)
        {
            Append(text, one, parts);
            string[] missing = [.. parts.Where(part => !one.Commands.ContainsKey(part))];
            if (missing.Length > 0)
            {
                open.Add((one.Name, missing));
            }
        }

        return (text.ToString(), open);
    }

    /// <summary>The part that is the same for all classes, but for the title and the parts.</summary>
    private static string Head(string folder, Limits limits, IReadOnlyList<string> parts) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
            # How this class is graded. Each line has the default value: remove it or change it.

            [class]
            title = {{Quote(Path.GetFileName(folder))}}
            language = "en"              # of the reports: "en" or "pt-BR"
            parts = [{{string.Join(", ", parts.Select(Quote))}}]
            missing = "ask"              # a part that is not in the submission: "ask" (no grade, and the report says so), or "zero"
            show = "all"                 # of a failed case: "all", "finding" (what is wrong) or "rule" (only that it failed)

            [limits]
            answer = {{limits.Answer}}                   # seconds for an answer
            start = {{limits.Start}}                   # seconds for a program to start
            build = {{limits.Build}}                  # seconds for the build
            part = {{limits.Part}}                   # seconds for all cases of one part
            memory = {{limits.Memory}}                # MiB
            processes = {{limits.Processes}}              # processes and threads
            disk = {{limits.Disk}}                   # MiB for the copy of the submission and its files
            processor = {{limits.Processor}}               # seconds of processor time for each process
            network_for_build = false

            [points]                     # the most points of each part
            basic-server = 10
            basic-client = 10
            server = 50
            client = 30

            [weights]                    # of a case of each level; the points of a part are divided among its cases by weight
            required = 1
            robust = 0.25
            ours = 0
            not_always = 0               # of a case that passes only sometimes: the part of its weight that it earns, 0 to 1
            follows = "free"             # a case that can only fail because another one did costs nothing; or "count"

            # In place of one number a part may have points for each level (then remove its line in [points]):
            # [points.server]
            # required = 40
            # robust = 10

            # One case (./run.sh check server --list shows their names):
            # [case.S-NET-06]
            # weight = 0.5               # or its points: points = 2
            # counts = false
            # hidden = true              # students do not see it

            # Commands for all submissions, if the commands that were found are missing or wrong:
            # [commands]
            # build = "make"
            # server = "python3 server.py {port}"
            # client = "python3 client.py {name} {host} {port}"

            # What was found in each submission. A line without # in front replaces it. A submission may have limits of its own:
            # [submission.NAME.limits]
            # start = 60

            """);

    private static void Append(StringBuilder text, Submission one, IReadOnlyList<string> parts)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n[submission.{Quote(one.Name)}]\n");
        if (one.Build.Length > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"# build = {Quote(one.Build)}\n");
        }

        foreach (string part in parts)
        {
            string line = one.Commands.TryGetValue(part, out string? command) ? Quote(command) : "\"\"   # not found";
            text.Append("# ").Append(part).Append(" = ").Append(line).Append('\n');
        }
    }

    /// <summary>A text as TOML has it.</summary>
    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char letter in text)
        {
            quoted.Append(letter switch
            {
                '"' => "\\\"",
                '\\' => @"\\",
                < ' ' or '\u007f' => $"\\u{((int)letter).ToString("x4", CultureInfo.InvariantCulture)}",
                _ => letter.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}
