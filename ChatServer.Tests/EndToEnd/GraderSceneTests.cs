using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>
/// The assignment's scene of two clients, checked in the way its autograder does: everything a client has printed since
/// the last check, without <c>[Me]</c> and without whitespace around it, is exactly what is expected.
/// </summary>
[TestClass]
public sealed class GraderSceneTests : ProgramTests
{
    private const string NotInChannel = "Not currently in any channel. Must join a channel before sending messages.";

    [TestMethod]
    public void Two_clients_see_exactly_what_the_autograder_expects()
    {
        (ChatProcess server, int port) = RunScript.StartServer();
        using ChatProcess _ = server;
        using ChatProcess alice = RunScript.StartClient("Alice", "localhost", port);
        using ChatProcess bob = RunScript.StartClient("Bob", "localhost", port);

        alice.Type("Hello world!");
        Check(alice, NotInChannel);
        alice.Type("/list");
        alice.Type("/join cats");
        Check(alice, "No channel named cats exists. Try '/create cats'?");
        alice.Type("/join");
        Check(alice, "/join command must be followed by the name of a channel to join.");
        alice.Type("/create");
        Check(alice, "/create command must be followed by the name of a channel to create");
        alice.Type("/miaow at once");
        Check(alice, "/miaow is not a valid control message. Valid messages are /create, /list, and /join.");

        alice.Type("/create cats");
        alice.Type("/list");
        Check(alice, "cats");
        bob.Type("/create cats");
        Check(bob, "Room cats already exists, so cannot be created.");
        bob.Type("anybody there?");
        Check(bob, NotInChannel);

        bob.Type("/join cats");
        Check(alice, "Bob has joined");
        bob.Type("Hello, cats");
        Check(alice, "[Bob] Hello, cats");
        alice.Type("Hello, Bob");
        Check(bob, "[Alice] Hello, Bob");

        bob.Type("/create dogs");
        Check(alice, "Bob has left");
        alice.Type("is he gone?");
        alice.Type("/list");
        Check(alice, "cats\ndogs");
        alice.Type("/join dogs");
        Check(bob, "Alice has joined");
        bob.Type("Hello, dogs");
        Check(alice, "[Bob] Hello, dogs");

        alice.EndInput();
        Check(bob, "Alice has left");
        bob.Type("/list");
        Check(bob, "cats\ndogs");
        bob.Type("/join cats");
        bob.Type("/list");
        Check(bob, "cats\ndogs");
    }

    private static void Check(ChatProcess client, string expected)
    {
        // One of the two holds in the end: what is expected has come, or more than that.
        string seen = client.Output.AwaitSinceLastLook(
            text => Graded(text).Length >= expected.Length && text.EndsWith("[Me] ", StringComparison.Ordinal),
            $"'{expected}' should have been printed");

        Assert.AreEqual(expected, Graded(seen));
    }

    private static string Graded(string printed) => printed.Replace("[Me]", "", StringComparison.Ordinal).Trim();
}
