using System.Text.Json.Nodes;
using ThreadedChat.ChatGrade;
using ThreadedChat.ChatGrade.CommandLine;
using ThreadedChat.ChatGrade.Results;
using ThreadedChat.ChatServer.Tests.Grade;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Grade;

/// <summary>
/// A class of chat servers and clients in C, Java, Go, JavaScript and C#: a right one of each, and one with a single fault, which must cost
/// one case. Large: in <c>./run.sh test</c> it is the two in C, once.
/// </summary>
[TestClass]
[TestCategory(Soak.Category)]
public sealed class LanguageClassTests
{
    private const int InNormalTests = 2;

    private static readonly string Programs = Path.Combine(Repository.Root, "ChatServer.Tests", "EndToEnd", "Grade", "Programs");

    /// <summary>A submission: its name, the compiler or interpreter, its programs, and the cases that each of them loses.</summary>
    private static readonly (string Name, string Tool, Submitted Server, Submitted Client)[] All =
    [
        ("c", "/usr/bin/cc", new("server.c", "server.c"), new("client.c", "client.c")),
        ("c-faulty", "/usr/bin/cc",
            new("server.c", "server.c", "leave(client);\n    snprintf(channels", "snprintf(channels", "S-CREATE-03"),
            new("client.c", "client.c", "length, frame);\n  prompt();", "length, frame);\n  fflush(stdout);", "C-SHOW-03")),
        ("java", "/usr/bin/javac", new("Server.java", "Server.java"), new("Client.java", "Client.java")),
        ("java-faulty", "/usr/bin/javac",
            new("Server.java", "Server.java", "\" has left\"", "\" left\"", "S-CREATE-03"),
            new("Client.java", "Client.java", "show(\"\\r    \\r\" + text", "show(\"\\r\" + text", "C-SHOW-05")),
        ("go", "/usr/bin/go", new("server.go", "server.go"), new("client.go", "client.go")),
        ("go-faulty", "/usr/bin/go",
            new("server.go", "server.go", "other != one && ", "", "S-MSG-02"),
            new("client.go", "client.go", "disconnected\\n\", place)\n\t\tos.Exit(1)", "disconnected\\n\", place)", "C-END-02")),
        ("js", "/usr/bin/node", new("server.js", "server.js"), new("client.js", "client.js")),
        ("js-faulty", "/usr/bin/node",
            new("server.js", "server.js", " && other.channel === client.channel", "", "S-MSG-03"),
            new("client.js", "client.js", "    process.stdout.write(`Unable to connect to ${host}:${port}\\n`);\n", "", "C-END-03")),
        ("cs", "/usr/bin/dotnet", new("Server/Program.cs", "Server.cs.txt"), new("Client/Program.cs", "Client.cs.txt")),
        ("cs-faulty", "/usr/bin/dotnet",
            new("Server/Program.cs", "Server.cs.txt", "/list, and /join.", "/list, and /join", "S-CTRL-01"),
            new("Client/Program.cs", "Client.cs.txt", "server.Write(frame)", "server.Write(bytes)", "C-SEND-03")),
    ];

    [TestMethod]
    public void A_right_program_costs_nothing_and_a_fault_costs_one_case_each_time_alone_and_beside_others()
    {
        SandboxTests.Needs();
        (string Name, string Tool, Submitted Server, Submitted Client)[] some = [.. All.Take(Soak.Size(InNormalTests, All.Length)).Where(one => File.Exists(one.Tool))];
        if (some.Length == 0)
        {
            Assert.Inconclusive("Needs the compiler or interpreter of one of the languages.");
        }

        using var folder = new ClassFolder();
        folder.Add("grade.toml", "[class]\nparts = [\"server\", \"client\"]\n");
        foreach ((string name, _, Submitted server, Submitted client) in some)
        {
            server.AddTo(folder, name);
            client.AddTo(folder, name);
        }

        foreach (int jobs in Soak.Size<int[]>([4], [1, 8]))
        {
            var output = new StringWriter();
            int code = new GradeRun(new GradeOptions { Folder = folder.Path, Output = folder.Reports, Jobs = jobs }, output, new StringWriter(), isTerminal: false).Run();

            Assert.AreEqual(GradeExit.Graded, code, output.ToString());
            foreach ((string name, _, Submitted server, Submitted client) in some)
            {
                Assert.AreEqual(
                    $"{name}: server Checked {server.Cost}, client Checked {client.Cost}",
                    $"{name}: server {Result(folder, name, "server")}, client {Result(folder, name, "client")}",
                    output.ToString());
            }
        }
    }

    /// <summary>The state of a part, and the cases that have failed and follow from no other.</summary>
    private static string Result(ClassFolder folder, string name, string part)
    {
        JsonNode result = JsonNode.Parse(folder.Read($"results/{name}/{part}.json"))!["Result"]!;
        IEnumerable<string> lost =
            from one in result["Cases"]!.AsArray()
            where $"{one!["Outcome"]}" is "failed" or "not-always" && $"{one["Level"]}" != "ours" && one["Follows"] is null
            select $"{one["Id"]}";
        return $"{Enum.GetName((PartState)result["State"]!.GetValue<int>())} {string.Join(", ", lost)}{result["Message"]}";
    }

    /// <summary>A program of a submission.</summary>
    /// <param name="File">Its file in the submission.</param>
    /// <param name="Source">The file that it is made from.</param>
    /// <param name="Right">What is right there.</param>
    /// <param name="Wrong">What it is replaced by.</param>
    /// <param name="Cost">The case that the fault costs.</param>
    private sealed record Submitted(string File, string Source, string? Right = null, string Wrong = "", string Cost = "")
    {
        public void AddTo(ClassFolder folder, string name)
        {
            string text = System.IO.File.ReadAllText(Path.Combine(Programs, Source));
            if (Right is not null)
            {
                Assert.Contains(Right, text, $"{name}: {Source}");
                text = text.Replace(Right, Wrong, StringComparison.Ordinal);
            }

            folder.Add($"{name}/{File}", text);
            if (Path.GetDirectoryName(File) is { Length: > 0 } project)
            {
                folder.Add($"{name}/{project}/{project}.csproj", LanguagePrograms.CSharpProject);
            }
        }
    }
}
