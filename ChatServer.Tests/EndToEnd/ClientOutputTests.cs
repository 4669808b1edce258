using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>docs/protocol.md, sections 4 and 5: what the client prints of what a server sends, be it ours or any other.</summary>
[TestClass]
public sealed class ClientOutputTests : ProgramTests
{
    /// <summary>What a server sends, and the line it must become.</summary>
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
        using ChatProcess client = RunScript.StartClient("Panda", "localhost", server.Port);
        WireClient connection = server.Accept("Panda");

        foreach (object[] frame in Frames)
        {
            connection.Send((string)frame[0]);
            client.Output.MustPrint($"\r    \r{frame[1]}\n[Me] ");
        }
    }

    [TestMethod]
    public void Many_frames_at_once_are_printed_one_by_one()
    {
        using var server = new RawServer();
        using ChatProcess client = RunScript.StartClient("Panda", "localhost", server.Port);
        WireClient connection = server.Accept("Panda");

        connection.Send(Frames.Select(frame => (string)frame[0]));

        client.Output.MustPrint(string.Concat(Frames.Select(frame => $"\r    \r{frame[1]}\n[Me] ")));
    }

    [TestMethod]
    public void A_frame_that_comes_byte_by_byte_is_printed_when_it_is_whole()
    {
        using var server = new RawServer();
        using ChatProcess client = RunScript.StartClient("Panda", "localhost", server.Port);
        WireClient connection = server.Accept("Panda");

        foreach (byte value in WireFrame.Encode(["first 🐼", "second"]))
        {
            connection.SendBytes([value]);
        }

        client.Output.MustPrint("\r    \rfirst 🐼\n[Me] \r    \rsecond\n[Me] ");
    }

    [TestMethod]
    public void Bytes_that_are_not_UTF8_are_printed_as_question_marks()
    {
        using var server = new RawServer();
        using ChatProcess client = RunScript.StartClient("Panda", "localhost", server.Port);
        WireClient connection = server.Accept("Panda");

        connection.SendBytes(WireFrame.Pad([(byte)'a', 0xFF, 0xF0, 0x9F, 0x90, (byte)'b']));

        client.Output.MustPrint("\r    \ra????b\n[Me] ");
    }

    [TestMethod]
    public void A_blank_frame_prints_nothing()
    {
        using var server = new RawServer();
        using ChatProcess client = RunScript.StartClient("Panda", "localhost", server.Port);
        WireClient connection = server.Accept("Panda");

        connection.Send("", "\n", " \t\r\n", "next");

        client.Output.MustPrint("\r    \rnext\n[Me] ");
    }

    [TestMethod]
    public void The_next_line_is_asked_for_before_the_answer_to_the_last_is_printed()
    {
        using var server = new RawServer();
        using ChatProcess client = RunScript.StartClient("Panda", "localhost", server.Port);
        WireClient connection = server.Accept("Panda");

        for (int i = 0; i < 500; i++)
        {
            client.Type($"question {i}");
            connection.Send($"answer to {connection.Read()}");
            client.Output.MustPrint($"[Me] \r    \ranswer to question {i}\n[Me] ");
        }
    }
}
