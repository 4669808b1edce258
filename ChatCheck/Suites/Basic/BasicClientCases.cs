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
            new(
                "The client sends the line that the user types",
                "O cliente envia a linha que o usuário digita"),
            fixture => Require(Line, SentOf(fixture, $"{Line}\n").Trim())),

        new("BC-02", Level.Required, Section.BasicPrograms,
            new(
                "After that the client disconnects and exits",
                "Depois disso o cliente se desconecta e termina"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.StartTyped($"{Line}\n", endInput: true);
                server.ReadBytesToEnd();
                server.Leave(); // as a server does: a client may wait for it
                client.AwaitExit();
            }),

        new("BC-03", Level.Robust, Section.Network,
            new(
                "The client sends all of a long line",
                "O cliente envia uma linha longa inteira"),
            fixture =>
            {
                string line = string.Concat(Enumerable.Range(1000, 5000).Select(Findings.Number));
                Require(line, SentOf(fixture.InPipes(), $"{line}\n").Trim());
            }),

        new("BC-04", Level.Ours, Section.Protocol(7),
            new(
                "The client sends the line as it is, without padding or newline",
                "O cliente envia a linha como ela é, sem preenchimento nem quebra de linha"),
            fixture => Require($" {Line} ", SentOf(fixture, $" {Line} \n"))),

        new("BC-05", Level.Ours, Section.Protocol(7),
            new(
                "The client does not wait for the end of the input, and exits with code 0",
                "O cliente não espera o fim da entrada e termina com o código 0"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.StartTyped($"{Line}\n", endInput: false);
                server.ReadBytesToEnd();
                server.Leave();
                client.AwaitExit(0);
            }),

        new("BC-06", Level.Ours, Section.Protocol(6),
            new(
                "When the client cannot connect, it prints a message with host and port and exits with code 1",
                "Quando o cliente não consegue se conectar, ele imprime uma mensagem com host e porta e termina com o código 1"),
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

    /// <summary>The bytes of the client; whether it disconnects then has its own case.</summary>
    private static string SentOf(ClientFixture fixture, string input) =>
        Encoding.UTF8.GetString(fixture.StartTyped(input, endInput: true).Server.ReadBytesUntilEnd());

    private static void Require(string expected, string sent)
    {
        if (sent != expected)
        {
            throw Findings.Wrong(
                new("The client sent something else.", "O cliente enviou outra coisa."),
                Transcript.Show(Encoding.UTF8.GetBytes(expected)),
                Transcript.Show(Encoding.UTF8.GetBytes(sent)));
        }
    }
}
