using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Texts;

namespace ThreadedChat.ChatGrade.Settings;

/// <summary>The contents of <c>grade.toml</c>; a missing value has its default.</summary>
internal sealed record ClassSettings
{
    /// <summary>The name of the file, in the folder of the class.</summary>
    public const string FileName = "grade.toml";

    /// <summary>The parts by the names that the checker has for them, in the order of reports.</summary>
    public static readonly IReadOnlyList<string> AllParts =
        [AllSuites.BasicServer.Name, AllSuites.BasicClient.Name, AllSuites.Server.Name, AllSuites.Client.Name];

    /// <summary>What heads the reports; null is the name of the folder.</summary>
    public string? Title { get; init; }

    /// <summary>The language of the reports.</summary>
    public Language Language { get; init; }

    /// <summary>The parts that are checked; null is those that some submission of the class has.</summary>
    public IReadOnlyList<string>? Parts { get; init; }

    /// <summary>How much of a failed case a student sees.</summary>
    public Detail Show { get; init; }

    /// <summary>The commands for submissions that have none of their own.</summary>
    public Commands Commands { get; init; } = new();

    public Limits Limits { get; init; } = new();

    /// <summary>The most points of each part.</summary>
    public IReadOnlyDictionary<string, double> Points { get; init; } = new Dictionary<string, double>
    {
        [AllSuites.BasicServer.Name] = 10,
        [AllSuites.BasicClient.Name] = 10,
        [AllSuites.Server.Name] = 50,
        [AllSuites.Client.Name] = 30,
    };

    /// <summary>The points of each level in the parts for which the settings give them; they are the points of that part then.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> LevelPoints { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, double>>();

    /// <summary>The weight of a case of each level.</summary>
    public IReadOnlyDictionary<string, double> Weights { get; init; } =
        new Dictionary<string, double> { ["required"] = 1, ["robust"] = 0.25, ["ours"] = 0 };

    /// <summary>The part of its weight that a case earns which does not always pass.</summary>
    public double NotAlways { get; init; }

    /// <summary>Whether a case that can only fail because another one did costs points too.</summary>
    public bool FollowingCounts { get; init; }

    /// <summary>Whether a part of which nothing was found has 0 points, rather than none that are certain.</summary>
    public bool MissingIsZero { get; init; }

    /// <summary>What students are told about single cases, by id.</summary>
    public IReadOnlyDictionary<string, CaseSettings> Cases { get; init; } = new Dictionary<string, CaseSettings>();

    /// <summary>The settings of single submissions, by the name of the folder.</summary>
    public IReadOnlyDictionary<string, SubmissionSettings> Submissions { get; init; } = new Dictionary<string, SubmissionSettings>();

    /// <summary>The settings of a case.</summary>
    public CaseSettings OfCase(string id) => Cases.GetValueOrDefault(id) ?? new CaseSettings();
}
