using ThreadedChat.ChatServer.Tests.Check;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Check;

/// <summary>The messages of the checker about programs that do not start, do not connect, or crash.</summary>
[TestClass]
public sealed class CheckRunTests
{
    [TestMethod]
    public void A_missing_program_is_reported_in_one_line()
    {
        (int code, string output, string errors) = CheckProgram.Run("server", "--", "./no-such-program", "{port}");

        Assert.AreEqual((3, "", "There is no program './no-such-program'.\n"), (code, output, errors));
    }

    [TestMethod]
    public void A_program_that_ends_before_it_listens_is_reported_with_its_last_line()
    {
        (int code, _, string errors) = CheckProgram.Run("server", "--", "bash", "-c", "echo 'no such luck' >&2; exit 7", "{port}");

        Assert.AreEqual((3, "The server does not listen. The program ended with exit code 7: no such luck\n"), (code, errors));
    }

    [TestMethod]
    [DataRow("client")]
    [DataRow("basic-client")]
    public void A_client_that_ends_before_it_connects_is_reported_with_its_last_line(string subject)
    {
        (int code, _, string errors) = CheckProgram.Run(
            subject, "--", "bash", "-c", "echo 'no such luck' >&2; exit 7", "{name}", "{host}", "{port}");

        Assert.AreEqual((3, "The client ended without connecting. The program ended with exit code 7: no such luck\n"), (code, errors));
    }

    [TestMethod]
    public void A_start_that_takes_too_long_names_the_option_for_its_limit()
    {
        string[] silent = ["bash", "-c", "read -r line", "{name}", "{host}", "{port}"];

        (int code, string output, _) = CheckProgram.Run(
            ["client", "--start-timeout", "0.2", "--timeout", "0.1", "--only", "C-SEND-01", "--", .. silent]);
        (int serverCode, _, string errors) = CheckProgram.Run(["server", "--start-timeout", "0.2", "--", .. silent]);

        Assert.AreEqual((1, 3), (code, serverCode));
        Assert.Contains("did not connect within 0.2 s. (If it needs more than 0.2 s to start, use --start-timeout.)", output);
        Assert.Contains("within 0.2 s.", errors);
        Assert.Contains("--start-timeout", errors);
    }

    [TestMethod]
    public void A_crash_is_reported_with_exit_code_and_last_line()
    {
        const string Crash = "import socket, sys; s = socket.socket(); s.bind(('127.0.0.1', int(sys.argv[1]))); s.listen(5); "
            + "c, _ = s.accept(); c.recv(200); raise ValueError('a fault')";
        Needs.Program("python3");

        (int code, string output, _) = CheckProgram.Run("server", "--only", "S-NAME-01", "--", "python3", "-c", Crash, "{port}");

        Assert.AreEqual(1, code);
        Assert.Contains("The program ended with exit code 1: ValueError: a fault", output);
    }
}
