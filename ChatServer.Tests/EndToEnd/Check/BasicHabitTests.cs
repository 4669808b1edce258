using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Suites.Basic;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Check;

/// <summary>Points that the assignment leaves open for the programs of part 0.</summary>
[TestClass]
public sealed class BasicHabitTests
{
    private const string First = "I am a student.";
    private const string Second = "Why?";

    [TestMethod]
    [DataRow("I am a student.\nWhy?\n")]
    [DataRow("I am a student.\r\nWhy?\r\n")]
    [DataRow("I am a student.\n\n\nWhy?\n\n")]
    [DataRow("Listening on 12345\nClient connected\nReceived: I am a student.\nClient connected\nReceived: Why?")]
    [DataRow("('127.0.0.1', 5) says \"I am a student.\"\n('127.0.0.1', 6) says \"Why?\"\n")]
    public void A_server_may_print_additional_text(string printed) =>
        Assert.IsTrue(new PrintedLines(printed).Hold([First, Second]));

    [TestMethod]
    [DataRow("Why?\nI am a student.\n")]
    [DataRow("I am a student.Why?\n")]
    [DataRow("I am a student.\n")]
    [DataRow("I am\na student.\nWhy?\n")]
    [DataRow("I am a student.\nI am a student.\nWhy?\n")]
    [DataRow("b'I am a student.'\nb'Why?'\n")]
    [DataRow("")]
    public void Each_message_is_printed_whole_once_and_in_order(string printed) =>
        Assert.IsFalse(new PrintedLines(printed).Hold([First, Second]));

    [TestMethod]
    public void Bytes_that_were_not_decoded_are_reported_as_such() =>
        Assert.Contains("decode", new PrintedLines("b'I am a student.'\n").Hint(First)!.Value.English);

    [TestMethod]
    [DataRow("l = sys.stdin.readline(); s.connect(a); s.sendall(l.encode())")]
    [DataRow("l = sys.stdin.readline().rstrip('\\n'); s.connect(a); s.sendall(l.encode())")]
    [DataRow("s.connect(a); l = input(); s.sendall(l.encode())")]
    [DataRow("l = input('message> '); s.connect(a); s.sendall(l.encode())")]
    [DataRow("l = sys.stdin.read(); s.connect(a); s.sendall(l.encode())")]
    [DataRow("s.connect(a); l = input(); s.sendall(l.encode()); s.shutdown(socket.SHUT_WR); s.recv(1)")]
    public void A_client_may_read_and_connect_in_any_order(string code)
    {
        Needs.Program("python3");

        Checker.MustPass(
            AllSuites.BasicClient,
            PythonPrograms.Inline($"import socket, sys; s = socket.socket(); a = ('{{host}}', {{port}}); {code}; s.close()"),
            Checker.Patient,
            Checker.ThatCount(AllSuites.BasicClient));
    }

    [TestMethod]
    [DataRow("p = c.makefile().read(); print(p)")]
    [DataRow("p = c.makefile().read(); print(p, end='')")]
    [DataRow("print('Connected by', x); p = c.makefile().read(); print('Received:', p.strip())")]
    [DataRow("[print(l, end='') for l in c.makefile()]")]
    public void A_server_may_print_in_its_own_way(string code)
    {
        Needs.Program("python3");
        string program =
            $"""
            import socket
            s = socket.socket(); s.bind(('', {"{port}"})); s.listen(5); print('Listening')
            while True:
              try:
                c, x = s.accept(); {code}; c.close()
              except OSError: pass
            """;

        Checker.MustPass(AllSuites.BasicServer, PythonPrograms.Inline(program), Checker.Patient, Checker.ThatCount(AllSuites.BasicServer));
    }
}
