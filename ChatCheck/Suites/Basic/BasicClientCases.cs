using System.Text;
using ThreadedChat.ChatCheck.Suites.Client;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Basic;

/// <summary>All cases for the client of part 0.</summary>
internal static class BasicClientCases
{
    private const string Line = "I am a student. This class is awesome!";

    private static readonly CaseGroup<ClientFixture> Group = new("basic-client", new("Part 0: the client", "Parte 0: o cliente"),
    [
        new("BC-01", Level.Required, Section.BasicPrograms,
            new("It sends the line that is typed", "Ele envia a linha digitada"),
            fixture => Require(Line, SentOf(fixture, $"{Line}\n").Trim())),

        new("BC-02", Level.Required, Section.BasicPrograms,
            new("It disconnects after that, and ends", "Depois disso ele se desconecta e termina"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.StartTyped($"{Line}\n", endInput: true);
                server.ReadBytesToEnd();
                client.AwaitExit();
            }),

        new("BC-03", Level.Robust, Section.Network,
            new("A long line is sent whole", "Uma linha longa é enviada inteira"),
            fixture =>
            {
                string line = string.Concat(Enumerable.Range(1000, 5000).Select(Findings.Number));
                Require(line, SentOf(fixture.InPipes(), $"{line}\n").Trim());
            }),

        new("BC-04", Level.Ours, Section.Protocol(7),
            new("The line is sent as it is: no padding, no newline", "A linha é enviada como é: sem preenchimento, sem quebra de linha"),
            fixture => Require($" {Line} ", SentOf(fixture, $" {Line} \n"))),

        new("BC-05", Level.Ours, Section.Protocol(7),
            new("It does not wait for the end of input; the exit code is 0", "Ele não espera o fim da entrada; o código de saída é 0"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.StartTyped($"{Line}\n", endInput: false);
                server.ReadBytesToEnd();
                client.AwaitExit(0);
            }),

        new("BC-06", Level.Ours, Section.Protocol(6),
            new("When it cannot connect, it says so with host and port, exit code 1", "Quando não consegue se conectar, ele o diz com host e porta, código de saída 1"),
            fixture =>
            {
                int port = fixture.NewClosedPort();
                ClientUnderTest client = fixture.Start(port);
                client.TypeRaw($"{Line}\n"); // it may read before it connects
                client.AwaitLastLine(ExpectedText.Format(ExpectedText.CannotConnect, ClientFixture.Host, port), fromStart: true);
                client.AwaitExit(1);
            }),
    ]);

    /// <summary>The groups in the order in which they are played.</summary>
    public static readonly IReadOnlyList<CaseGroup<ClientFixture>> Groups = [Group];

    /// <summary>What the client sends; whether it disconnects then has its own case.</summary>
    private static string SentOf(ClientFixture fixture, string input) =>
        Encoding.UTF8.GetString(fixture.StartTyped(input, endInput: true).Server.ReadBytesUntilEnd());

    private static void Require(string expected, string sent)
    {
        if (sent != expected)
        {
            throw Findings.Wrong(
                new("Something else was sent.", "Outra coisa foi enviada."),
                Transcript.Show(Encoding.UTF8.GetBytes(expected)),
                Transcript.Show(Encoding.UTF8.GetBytes(sent)));
        }
    }
}
