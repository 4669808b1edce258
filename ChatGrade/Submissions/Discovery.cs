using System.Text.RegularExpressions;
using ThreadedChat.ChatGrade.Settings;

namespace ThreadedChat.ChatGrade.Submissions;

/// <summary>Finds how the parts of a submission are built and started, by the files in its folder.</summary>
internal static partial class Discovery
{
    private const int MostDepth = 6;

    // Without a network: else the SDK asks for lists of packages and workloads again and again. No server is left behind.
    private const string CSharpBuild = "MSBuildEnableWorkloadResolver=false dotnet build -c Release -nologo -v q";

    private const string CSharpOptions = "-p:RestoreSources=/tmp -p:NuGetAudit=false -p:UseAppHost=false -p:UseSharedCompilation=false -nodeReuse:false";

    private const string RustPrograms = "src/bin"; // elsewhere such a folder has what was built

    private static readonly string[] Ignored = ["node_modules", "target", "bin", "obj", "build", "out", "dist", "venv", "__pycache__", "__MACOSX"];

    /// <summary>The parts that were found, at most one of each.</summary>
    public static IReadOnlyList<Found> Find(string folder)
    {
        string[] files = [.. Files(folder, "", MostDepth).Order(StringComparer.Ordinal)];
        return [.. ClassSettings.AllParts.Select(part => Find(folder, files, part)).OfType<Found>()];
    }

    private static Found? Find(string folder, string[] files, string part)
    {
        IEnumerable<(int Rank, Found Found)> all =
            from file in files
            let fit = PartNames.Fit(part, Stem(file))
            where fit is not null
            let found = ByFile(folder, files, part, file)
            where found is not null
            select (Depth(file) * 1_000 + found.Value.Rank * 10 + fit.Value, found.Value.Found);
        return all.OrderBy(one => one.Rank).Select(one => one.Found).FirstOrDefault();
    }

    /// <summary>The command that starts a file of this name, and a rank: the lowest is the most likely program.</summary>
    private static (int Rank, Found Found)? ByFile(string folder, string[] files, string part, string file)
    {
        string arguments = PartNames.ArgumentsOf(part), quoted = Quote(file), own = Path.GetDirectoryName(file) ?? "";
        bool hasMakefile = files.Contains("Makefile") || files.Contains("makefile");
        string make = hasMakefile ? "make" : "";
        string output = $".grade/{part}";
        (int, Found)? Use(int rank, string command, string build) => (rank, new Found(part, $"{command} {arguments}", build, file));

        switch (Path.GetExtension(file).ToLowerInvariant())
        {
            case ".py":
                return Use(1, $"python3 {quoted}", "");
            case ".js" or ".mjs" or ".cjs":
                bool hasPackages = files.Contains("package-lock.json") && !Directory.Exists(Path.Combine(folder, "node_modules"));
                return Use(2, $"node {quoted}", hasPackages ? "npm ci --no-audit --no-fund" : "");
            case ".c" when hasMakefile:
                return Use(3, $"./{Quote(Stem(file))}", make);
            case ".c":
                return Use(3, output, $"mkdir -p .grade && cc -O1 -pthread -o {output} {quoted}");
            case ".cpp" or ".cc" or ".cxx" when hasMakefile:
                return Use(3, $"./{Quote(Stem(file))}", make);
            case ".cpp" or ".cc" or ".cxx":
                return Use(3, output, $"mkdir -p .grade && c++ -O1 -pthread -o {output} {quoted}");
            case ".go":
                return Use(4, output, $"mkdir -p .grade && GO111MODULE=off GOFLAGS= go build -o {output} {quoted}");
            case ".rs" when files.Contains("Cargo.toml"):
                return Use(4, $"target/release/{Quote(Stem(file))}", "cargo build --release --offline");
            case ".java":
                return ByJava(folder, files, file) is var (command, build) ? Use(4, command, build) : null;
            case ".csproj":
                return Use(4, $"dotnet {output}/{Quote(Stem(file))}.dll", $"{CSharpBuild} {CSharpOptions} -o {output} {quoted}");
            case "" when own.Length == 0 && IsExecutable(Path.Combine(folder, file)):
                return Use(0, $"./{quoted}", make);
            default:
                return null;
        }
    }

    private static (string Command, string Build) ByJava(string folder, string[] files, string file)
    {
        string name = Stem(file);
        Match package = PackageLine().Match(Read(folder, file));
        string type = package.Success ? $"{package.Groups[1].Value}.{name}" : name;
        if (files.Contains("pom.xml"))
        {
            return ($"java -cp target/classes {type}", "mvn -q -o package -DskipTests");
        }

        if (files.Contains("build.gradle") || files.Contains("build.gradle.kts"))
        {
            return ($"java -cp build/classes/java/main {type}", "gradle --offline -q classes");
        }

        return ($"java -cp .grade/classes {type}", "mkdir -p .grade/classes && find . -name '*.java' > .grade/sources && javac -d .grade/classes @.grade/sources");
    }

    private static string Read(string folder, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>The paths of the files, with <c>/</c>, from the folder on. Main files of Go and C# are named by their folder.</summary>
    private static IEnumerable<string> Files(string root, string inside, int depth)
    {
        var folder = new DirectoryInfo(Path.Combine(root, inside));
        FileSystemInfo[] entries;
        try
        {
            entries = folder.GetFileSystemInfos();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            yield break;
        }

        foreach (FileSystemInfo entry in entries)
        {
            string path = inside.Length == 0 ? entry.Name : $"{inside}/{entry.Name}";
            if (entry.LinkTarget is not null || entry.Name.StartsWith('.'))
            {
                continue; // a link may lead out of the submission
            }

            if (entry is FileInfo)
            {
                yield return path;
            }
            else if (depth > 0 && (!Ignored.Contains(entry.Name) || path == RustPrograms))
            {
                foreach (string file in Files(root, path, depth - 1))
                {
                    yield return file;
                }
            }
        }
    }

    /// <summary>The name without its ending; of a <c>main</c> that of its folder.</summary>
    private static string Stem(string file)
    {
        string stem = Path.GetFileNameWithoutExtension(file);
        return stem is "main" or "Program" && Path.GetFileName(Path.GetDirectoryName(file)) is { Length: > 0 } folder ? folder : stem;
    }

    private static int Depth(string file) => file.Count(letter => letter == '/');

    private static bool IsExecutable(string path) =>
        OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & UnixFileMode.UserExecute) != 0;

    private static string Quote(string path) => PlainPath().IsMatch(path) ? path : $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"^\s*package\s+([\w.]+)\s*;", RegexOptions.Multiline)]
    private static partial Regex PackageLine();

    [GeneratedRegex(@"^[\w./+-]+$")]
    private static partial Regex PlainPath();
}
