using ThreadedChat.ChatGrade.Settings;
using ThreadedChat.ChatGrade.Submissions;

namespace ThreadedChat.ChatServer.Tests.Grade;

/// <summary>How the parts of a submission are found.</summary>
[TestClass]
public sealed class DiscoveryTests
{
    [TestMethod]
    [DataRow("server.py", "server", "python3 server.py {port}", "")]
    [DataRow("src/chat_server.py", "server", "python3 src/chat_server.py {port}", "")]
    [DataRow("client.py", "client", "python3 client.py {name} {host} {port}", "")]
    [DataRow("basic_client.py", "basic-client", "python3 basic_client.py {host} {port}", "")]
    [DataRow("my work/Server.py", "server", "python3 'my work/Server.py' {port}", "")]
    [DataRow("client.js", "client", "node client.js {name} {host} {port}", "")]
    [DataRow("server.js,package.json,package-lock.json", "server", "node server.js {port}", "npm ci --no-audit --no-fund")]
    [DataRow("server.c", "server", ".grade/server {port}", "mkdir -p .grade && cc -O1 -pthread -o .grade/server server.c")]
    [DataRow("server.c,Makefile", "server", "./server {port}", "make")]
    [DataRow("basic-server.go", "basic-server", ".grade/basic-server {port}", "mkdir -p .grade && GO111MODULE=off GOFLAGS= go build -o .grade/basic-server basic-server.go")]
    [DataRow("src/bin/server.rs,Cargo.toml", "server", "target/release/server {port}", "cargo build --release --offline")]
    [DataRow("Server/Server.csproj", "server", "dotnet .grade/server/Server.dll {port}", "MSBuildEnableWorkloadResolver=false dotnet build -c Release -nologo -v q -p:RestoreSources=/tmp -p:NuGetAudit=false -p:UseAppHost=false -p:UseSharedCompilation=false -nodeReuse:false -o .grade/server Server/Server.csproj")]
    [DataRow("src/main/java/Server.java,pom.xml", "server", "java -cp target/classes Server {port}", "mvn -q -o package -DskipTests")]
    [DataRow("src/main/java/Server.java,build.gradle", "server", "java -cp build/classes/java/main Server {port}", "gradle --offline -q classes")]
    public void A_part_is_found_by_its_files(string files, string part, string command, string build)
    {
        using var folder = new ClassFolder();
        foreach (string file in files.Split(','))
        {
            folder.Add($"one/{file}");
        }

        Submission one = Submission.All(folder.Path, new ClassSettings())[0];

        Assert.AreEqual((command, build), (one.Commands.GetValueOrDefault(part), one.Build));
    }

    [TestMethod]
    public void Each_part_has_the_build_that_it_needs()
    {
        using ClassFolder folder = new ClassFolder().Add("one/server.c").Add("one/client.c").Add("one/basic_server.py");

        Submission one = Submission.All(folder.Path, new ClassSettings())[0];

        Assert.AreEqual("mkdir -p .grade && cc -O1 -pthread -o .grade/server server.c", one.BuildOf("server"));
        Assert.AreEqual("mkdir -p .grade && cc -O1 -pthread -o .grade/client client.c", one.BuildOf("client"));
        Assert.AreEqual("", one.BuildOf("basic-server"));
    }

    [TestMethod]
    public void A_Java_class_is_started_by_its_full_name()
    {
        using ClassFolder folder = new ClassFolder().Add("one/src/Server.java", "package chat.net;\nclass Server {}");

        Assert.AreEqual("java -cp .grade/classes chat.net.Server {port}", Submission.All(folder.Path, new ClassSettings())[0].Commands["server"]);
    }

    [TestMethod]
    public void An_executable_is_preferred_and_other_names_are_ignored()
    {
        using ClassFolder folder = new ClassFolder().Add("one/server").Add("one/server.py").Add("one/observer.py").Add("one/node_modules/client.js");
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("Needs a system with modes of files.");
        }
        else
        {
            File.SetUnixFileMode(Path.Combine(folder.Path, "one", "server"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        Submission one = Submission.All(folder.Path, new ClassSettings())[0];

        Assert.AreEqual("server=./server {port}", string.Join(' ', one.Commands.Select(each => $"{each.Key}={each.Value}")));
    }

    [TestMethod]
    public void Settings_of_a_submission_override_those_of_the_class_and_those_override_the_found_files()
    {
        using ClassFolder folder = new ClassFolder().Add("a/server.py").Add("b/server.py").Add("c/server.py");
        ClassSettings settings = SettingsFile.Parse("""
            [commands]
            server = "all {port}"
            [submission.b]
            server = "own {port}"
            build = "make b"
            [submission.c]
            leave_out = true
            """);

        IReadOnlyList<Submission> all = Submission.All(folder.Path, settings);

        Assert.AreEqual("a all {port} , b own {port} make b", string.Join(", ", all.Select(one => $"{one.Name} {one.Commands["server"]} {one.Build}")));
    }

    [TestMethod]
    [DataRow("a  b", "a|b")]
    [DataRow("python3 'my server.py' {port}", "python3|my server.py|{port}")]
    [DataRow("a \"b c\"d '' e\\ f", "a|b cd||e f")]
    public void A_command_is_split_like_in_a_shell(string line, string words)
    {
        Assert.AreEqual(words, string.Join('|', Words.Of(line)));
    }
}
