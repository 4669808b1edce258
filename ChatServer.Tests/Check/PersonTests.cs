using System.Net;
using System.Net.Sockets;
using System.Text;
using ThreadedChat.ChatCheck.Suites.Server;
using ThreadedChat.ChatCheck.Wire;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Check;

/// <summary>Answers of a server whose messages have another length. The test has sent them before they are asked for, so no thread answers.</summary>
[TestClass]
public sealed class PersonTests
{
    private static readonly Timeouts Limits = new() { Reply = Limit.Wait };

    [TestMethod]
    [DataRow("", 0)]
    [DataRow("     \r\n", 0)]
    [DataRow("75        ", 10)]
    [DataRow("     75        ", 10)]
    public void Padding_of_the_last_answer_that_comes_late_is_no_header(string before, int count)
    {
        (Person person, Socket server) = Connect();
        using (person)
        using (server)
        {
            server.Send(Encoding.UTF8.GetBytes(before + Answer(1)));

            Assert.AreEqual(count, person.CountBytesBeforeAnswer());
        }
    }

    [TestMethod]
    public void Padding_of_the_last_answer_that_comes_late_is_no_message()
    {
        (Person person, Socket server) = Connect();
        using (person)
        using (server)
        {
            server.Send(Encoding.UTF8.GetBytes("     " + Answer(1)));

            Assert.IsEmpty(person.Fence());
        }
    }

    [TestMethod]
    public void What_comes_behind_late_padding_is_found()
    {
        (Person person, Socket server) = Connect();
        using (person)
        using (server)
        {
            server.Send(Encoding.UTF8.GetBytes("     Bob has left" + Answer(1)));

            Assert.ThrowsExactly<CaseFailedException>(() => person.Fence());
        }
    }

    private static string Answer(int number) => ExpectedText.Fill(ExpectedText.InvalidControlMessage, $"/fence-{number}-");

    private static (Person Person, Socket Server) Connect()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var own = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        own.Connect(listener.LocalEndPoint!);
        return (new Person("Ana", own, new Transcript(), new CaseClock(Limits), new Fences { Style = FenceStyle.AnyLength }, []), listener.Accept());
    }
}
