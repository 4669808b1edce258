using System.Net.Sockets;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Windows;

/// <summary>
/// The programs for Windows, which Wine runs. Not beside other tests: a program takes far longer to start than one of this system.
/// </summary>
[TestClass]
[DoNotParallelize]
public sealed class WindowsProgramTests : ProgramTests
{
    private static Wine? _wine;

    private static Wine Wine => _wine ??= new Wine();

    [ClassCleanup]
    public static void EndWine() => _wine?.Dispose();

    [TestMethod]
    public void The_checker_passes_the_server()
    {
        using ChatProcess server = Wine.Start(Wine.Program("ChatServer"), "0");
        int port = RunScript.AwaitPort(server);

        using ChatProcess check = RunScript.Start(
            ["check", "server", "localhost", RunScript.Text(port), "--only", "S-LIST", "S-JOIN", "S-LEFT", "S-FRAME"]);

        MustPass(check);
    }

    [TestMethod]
    public void The_checker_passes_the_client()
    {
        using ChatProcess check = RunScript.Start(
        [
            "check", "client", "--start-timeout", "60", "--only", "C-SEND-01", "C-SHOW-01", "C-END-01", "--", "env", .. Wine.Settings,
            "wine", Wine.Program("ChatClient"), "{name}", "{host}", "{port}",
        ]);

        MustPass(check);
    }

    [TestMethod]
    public void The_checker_for_Windows_finds_a_batch_file_without_its_extension_and_prints_UTF_8()
    {
        // The client of part 0, behind a batch file in the current folder.
        string name = Path.Combine(Wine.Folder, "pupil's client.cmd");
        File.WriteAllText(name, $"@echo off\r\n\"{Wine.Program("ChatClient")}\" --basic %*\r\n");

        using ChatProcess check = Wine.Start(
            Wine.Program("ChatCheck"), "basic-client", "--start-timeout", "60", "--only", "BC-01", "BC-02", "--", "pupil's client", "{host}", "{port}");

        MustPass(check);
    }

    [TestMethod]
    public void A_line_is_edited_in_a_console_and_Ctrl_C_ends_the_client()
    {
        using var server = new TestServer();
        WireClient alice = server.Gather("room", "Alice")[0];
        using var terminal = new TmuxTerminal();
        string[] words = [.. Wine.Settings, "wine", Wine.Program("ChatClient"), "Panda", "localhost", RunScript.Text(server.Port)];

        terminal.Type($"env {string.Join(' ', words.Select(word => $"'{word}'"))}; echo \"code $?\"");
        terminal.Press("Enter");
        terminal.AwaitScreen(screen => screen is [.., "[Me]"], "the client should have prompted");
        terminal.Type("/join room");
        terminal.Press("Enter");
        Assert.AreEqual("Panda has joined", alice.Read());
        terminal.Type("hello wörld 你");
        terminal.Press("Left", "BSpace", "C-a", "X", "C-e", "!", "Enter"); // Wine does not know the sequences of Home and End
        Assert.AreEqual("[Panda] Xhello wörld你!", alice.Read());
        alice.Send("ciao é");
        terminal.AwaitScreen(screen => screen is [.., "[Alice] ciao é", "[Me]"], "the message should stand above the prompt");

        terminal.Press("C-c");

        terminal.AwaitScreen(screen => screen.Contains("code 130"), "the client should have ended with the code of Ctrl-C");
    }

    [TestMethod]
    public void The_client_of_part_0_sends_its_line_through_the_script()
    {
        using var listener = new RawServer();
        using ChatProcess client = Wine.StartScript("basic-client", "127.0.0.1", RunScript.Text(listener.Port));
        client.Pipe("first line é\nsecond\n");
        client.EndInput();

        using var bytes = new NetworkStream(listener.Accept().Socket);
        Assert.AreEqual("first line é", new StreamReader(bytes).ReadToEnd());
        Assert.AreEqual(0, client.AwaitExit(), client.Output.All + client.Error.All);
    }

    [TestMethod]
    public void The_checker_passes_the_server_of_part_0_behind_the_script()
    {
        using ChatProcess check = RunScript.Start(
        [
            "check", "basic-server", "--start-timeout", "60", "--only", "BS-01", "BS-02", "--", "env", .. Wine.Settings,
            "wine", "cmd", "/d", "/c", Wine.PathOf(Path.Combine(RunScript.Root, "run.cmd")), "basic-server", "{port}",
        ]);

        MustPass(check);
    }

    [TestMethod]
    [DataRow(0, "", "version")]
    [DataRow(0, "", "help")]
    [DataRow(0, "", "server", "--help")]
    [DataRow(0, "", "history", "--help")]
    [DataRow(0, "", "admin", "--help")]
    [DataRow(1, "Cannot read the accounts: Could not find file 'Z:", "account", "list", "--accounts", "no such file!")]
    [DataRow(2, "run.cmd: there is no verb 'nothing' (run.cmd help lists them)\r\n", "nothing", "x")]
    [DataRow(2, "PORT is missing, and the configuration file does not have it. Usage: client NAME HOST PORT (--help shows all options)\n", "client", "Two words", "here & there")]
    [DataRow(1, "Cannot read the file: Could not find file 'Z:", "decode", "no such file!")]
    public void The_script_passes_arguments_and_exit_codes_on(int code, string error, params string[] words)
    {
        using ChatProcess script = Wine.StartScript(words);

        Assert.AreEqual(code, script.AwaitExit(), script.Output.All + script.Error.All);
        Assert.StartsWith(error, script.Error.AwaitEnd());
        Assert.AreEqual(code == 0, script.Output.AwaitEnd().Length > 0);
    }

    [TestMethod]
    public void The_script_keeps_arguments_as_they_were_typed_and_the_current_folder()
    {
        File.WriteAllBytes(Path.Combine(Wine.Folder, "a & b=c,d!.bin"), WireFrame.Encode(["Panda", "olá"]));
        using ChatProcess decode = Wine.StartScript("decode", "a & b=c,d!.bin");

        decode.MustExit(0, "frame 1: \"Panda\"  5 bytes + 195 padding\nframe 2: \"olá\"  4 bytes + 196 padding\n400 bytes, 2 whole frames\n");
    }

    [TestMethod]
    public void Without_an_SDK_the_script_says_so_in_one_line()
    {
        using ChatProcess script = new(
            "env", Wine.Folder,
            [.. Wine.Settings, "THREADEDCHAT_PROGRAMS=", "wine", "cmd", "/d", "/c", Wine.PathOf(Path.Combine(RunScript.Root, "run.cmd")), "build"]);

        script.MustExit(1, "", "run.cmd: needs the .NET SDK 10: https://dotnet.microsoft.com/download\r\n");
    }

    private static void MustPass(ChatProcess check)
    {
        int code = check.AwaitExit(Limit.Load);
        string report = check.Output.AwaitEnd();
        Assert.Contains("✓", report);
        Assert.DoesNotContain("✗", report);
        Assert.AreEqual(0, code, report + check.Error.AwaitEnd());
    }
}
