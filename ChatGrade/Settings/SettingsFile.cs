using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Texts;
using Tomlyn;
using Tomlyn.Model;

namespace ThreadedChat.ChatGrade.Settings;

/// <summary>Reads <c>grade.toml</c>.</summary>
internal static class SettingsFile
{
    private const double MostSeconds = 86_400;
    private const int MostMebibytes = 1 << 20;
    private const double MostPoints = 1_000_000;

    private static readonly HashSet<string> CaseIds = [.. AllSuites.List.SelectMany(suite => suite.Cases).Select(one => one.Id)];

    /// <summary>The settings of the class in a folder; the defaults if it has no file.</summary>
    /// <exception cref="SettingsException">The file cannot be read or is wrong.</exception>
    public static ClassSettings Read(string folder)
    {
        string path = Path.Combine(folder, ClassSettings.FileName);
        try
        {
            return File.Exists(path) ? Parse(File.ReadAllText(path)) : new ClassSettings();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException(new($"{ClassSettings.FileName}: {e.Message}", $"{ClassSettings.FileName}: {e.Message}"));
        }
    }

    /// <summary>The settings in a text.</summary>
    /// <exception cref="SettingsException">It is wrong.</exception>
    public static ClassSettings Parse(string text)
    {
        TomlTable table;
        try
        {
            table = TomlSerializer.Deserialize<TomlTable>(text) ?? [];
        }
        catch (TomlException e)
        {
            string first = e.Message.Split('\n')[0].Trim();
            throw new SettingsException(new($"{ClassSettings.FileName}: {first}", $"{ClassSettings.FileName}: {first}"));
        }

        return Read(new SettingsTable("", table));
    }

    private static ClassSettings Read(SettingsTable root)
    {
        var usual = new ClassSettings();
        SettingsTable all = root.Table("class"), points = root.Table("points"), weights = root.Table("weights");
        Limits limits = ReadLimits(root.Table("limits"), usual.Limits);
        Dictionary<string, IReadOnlyDictionary<string, double>> levels = usual.Points.Keys.Where(points.HasTable).ToDictionary(part => part, part => (IReadOnlyDictionary<string, double>)LevelPoints(points.Table(part), usual.Weights.Keys));
        var settings = new ClassSettings
        {
            Title = all.Text("title"),
            Language = all.OneOf("language", "en", "pt-BR") == "pt-BR" ? Language.Portuguese : Language.English,
            Parts = Parts(all, "parts"),
            MissingIsZero = all.OneOf("missing", "ask", "zero") == "zero",
            Show = all.OneOf("show", "all", "finding", "rule") switch { "rule" => Detail.Rule, "finding" => Detail.Finding, _ => Detail.All },
            Commands = Commands(root.Table("commands"), isWhole: true),
            Limits = limits,
            Points = usual.Points.ToDictionary(
                one => one.Key,
                one => levels.TryGetValue(one.Key, out IReadOnlyDictionary<string, double>? level) ? level.Values.Sum() : points.Number(one.Key, 0, MostPoints) ?? one.Value),
            LevelPoints = levels,
            Weights = usual.Weights.ToDictionary(one => one.Key, one => weights.Number(one.Key, 0, MostPoints) ?? one.Value),
            NotAlways = weights.Number("not_always", 0, 1) ?? usual.NotAlways,
            FollowingCounts = weights.OneOf("follows", "free", "count") == "count",
            Cases = Each(root.Table("case"), Case),
            Submissions = Each(root.Table("submission"), (_, table) => Submission(table, limits)),
        };
        all.MustBeTaken();
        points.MustBeTaken();
        weights.MustBeTaken();
        root.MustBeTaken();
        return settings;
    }

    private static Limits ReadLimits(SettingsTable table, Limits usual)
    {
        var limits = new Limits
        {
            Answer = table.Number("answer", 0.1, 600) ?? usual.Answer,
            Start = table.Number("start", 0.1, 600) ?? usual.Start,
            Build = table.Number("build", 1, MostSeconds) ?? usual.Build,
            Part = table.Number("part", 1, MostSeconds) ?? usual.Part,
            Memory = (int)(table.Number("memory", 16, MostMebibytes) ?? usual.Memory),
            Processes = (int)(table.Number("processes", 4, 100_000) ?? usual.Processes),
            Disk = (int)(table.Number("disk", 1, MostMebibytes) ?? usual.Disk),
            Processor = (int)(table.Number("processor", 1, MostSeconds) ?? usual.Processor),
            NetworkForBuild = table.Flag("network_for_build") ?? usual.NetworkForBuild,
        };
        table.MustBeTaken();
        return limits;
    }

    private static Commands Commands(SettingsTable table, bool isWhole)
    {
        var parts = new Dictionary<string, string>();
        foreach (string part in ClassSettings.AllParts)
        {
            if (table.Text(part) is string command)
            {
                Suite suite = AllSuites.List.First(one => one.Name == part);
                if (suite.Placeholders.FirstOrDefault(place => !command.Contains(place, StringComparison.Ordinal)) is string missing)
                {
                    throw table.Wrong(part, $"a command with {missing} in it", $"um comando com {missing}");
                }

                parts[part] = command;
            }
        }

        var commands = new Commands { Build = table.Text("build"), Parts = parts };
        if (isWhole)
        {
            table.MustBeTaken();
        }

        return commands;
    }

    private static CaseSettings Case(string id, SettingsTable table)
    {
        if (!CaseIds.Contains(id))
        {
            throw new SettingsException(new(
                $"{ClassSettings.FileName}: there is no case '{id}' (./run.sh check server --list shows those of a server).",
                $"{ClassSettings.FileName}: não há caso '{id}' (./run.sh check server --list mostra os de um servidor)."));
        }

        double? weight = table.Number("weight", 0, MostPoints), points = table.Number("points", 0, MostPoints);
        return weight is not null && points is not null
            ? throw table.Wrong("points", "without 'weight'", "sem 'weight'")
            : new CaseSettings(weight, points, table.Flag("counts") ?? true, table.Flag("hidden") ?? false);
    }

    private static Dictionary<string, double> LevelPoints(SettingsTable table, IEnumerable<string> levels)
    {
        Dictionary<string, double> points = levels.ToDictionary(level => level, level => table.Number(level, 0, MostPoints) ?? 0);
        table.MustBeTaken();
        return points;
    }

    private static SubmissionSettings Submission(SettingsTable table, Limits ofClass) =>
        new(Commands(table, isWhole: false), Parts(table, "parts"), table.Flag("leave_out") ?? false, ReadLimits(table.Table("limits"), ofClass));

    private static IReadOnlyList<string>? Parts(SettingsTable table, string key)
    {
        IReadOnlyList<string>? told = table.List(key);
        return told is null ? null
            : told.Except(ClassSettings.AllParts).FirstOrDefault() is string unknown
            ? throw table.Wrong(key, $"a list of {string.Join(", ", ClassSettings.AllParts)}; '{unknown}' is none of them",
                $"uma lista de {string.Join(", ", ClassSettings.AllParts)}; '{unknown}' não é nenhum deles")
            : [.. ClassSettings.AllParts.Where(told.Contains)];
    }

    private static Dictionary<string, T> Each<T>(SettingsTable tables, Func<string, SettingsTable, T> read)
    {
        var all = new Dictionary<string, T>();
        foreach (string key in tables.Keys)
        {
            SettingsTable table = tables.Table(key);
            all[key] = read(key, table);
            table.MustBeTaken();
        }

        return all;
    }
}
