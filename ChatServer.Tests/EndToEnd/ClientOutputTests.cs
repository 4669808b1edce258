using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>docs/protocol.md, sections 4 and 5: the output of the client for the frames of any server.</summary>
[TestClass]
public sealed class ClientOutputTests : ProgramTests
{
    /// <summary>A frame of a server, and the expected line.</summary>
    public static IEnumerable<object[]> Frames =>
    [
        ["Alice has joined", "Alice has joined"],
        ["  [Alice] größe 水 🐼", "  [Alice] größe 水 🐼"],
        [new string('x', 200), new string('x', 200)],
        ["a\nb\nc", "a\nb\nc"],
        ["hello\n", "hello"],
        ["\r    hello", "hello"],
        ["\r    \rhello\n", "hello"],
        ["\r    \r\r    hello", "     hello"],
        ["hello\r    \rworld", "hello      world"],
        ["a\u001b[2Jb\u0007c\td\u007fe", "a [2Jb c d e"],
        ["a\u009b2Jb\u0085c", "a2Jbc"],
        ["a\u2028b\u2029c\u202ed\u2066e", "abcde"],
    ];

    [TestMethod]
    public void Each_frame_is_printed_as_a_line_between_a_wiped_prompt_and_a_new_one()
    {
        using var server = new RawServer();
        (ChatProcess client, WireClient connection) = server.StartClient();

        foreach (object[] frame in Frames)
        {
            connection.Send((string)frame[0]);
            client.Output.MustPrint($"\r    \r{frame[1]}\n[Me] ");
        }
    }

    [TestMethod]
    public void The_next_prompt_appears_before_the_answer_to_the_last_line()
    {
        using var server = new RawServer();
        (ChatProcess client, WireClient connection) = server.StartClient();

        for (int i = 0; i < 500; i++)
        {
            client.Type($"question {i}");
            connection.Send($"answer to {connection.Read()}");
            client.Output.MustPrint($"[Me] \r    \ranswer to question {i}\n[Me] ");
        }
    }
}
