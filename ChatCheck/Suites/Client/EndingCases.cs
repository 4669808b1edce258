using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Client;

internal static class EndingCases
{
    public static readonly CaseGroup<ClientFixture> Group = new("ending", new("How the client ends", "Como o cliente termina"),
    [
        new("C-END-01", Level.Required, Section.Questions,
            new(
                "When the server closes the connection, the client prints a message with host and port",
                "Quando o servidor fecha a conexão, o cliente imprime uma mensagem com host e porta"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                server.Leave();
                client.AwaitLastLine(Disconnected(ClientFixture.Host, fixture.Port));
            }) { IsAside = true },

        new("C-END-02", Level.Required, Section.Questions,
            new(
                "When the server closes the connection, the client exits",
                "Quando o servidor fecha a conexão, o cliente termina"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                server.Leave();
                client.AwaitExit();
            }) { IsAside = true },

        new("C-END-03", Level.Required, Section.ErrorHandling,
            new(
                "When the client cannot connect, it prints a message with host and port",
                "Quando o cliente não consegue se conectar, ele imprime uma mensagem com host e porta"),
            fixture =>
            {
                int port = fixture.NewClosedPort();
                ClientUnderTest client = fixture.Start(port);
                client.AwaitLastLine(ExpectedText.Format(ExpectedText.CannotConnect, ClientFixture.Host, port), fromStart: true);
            }) { IsAside = true },

        new("C-END-04", Level.Required, Section.ErrorHandling,
            new(
                "When the client cannot connect, it exits",
                "Quando o cliente não consegue se conectar, ele termina"),
            fixture => fixture.Start(fixture.NewClosedPort()).AwaitExit(fromStart: true)) { IsAside = true },

        new("C-END-05", Level.Robust, Section.Network,
            new(
                "The client treats a reset connection as a disconnect of the server",
                "O cliente trata uma conexão interrompida (reset) como desconexão do servidor"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                server.Reset();
                client.AwaitLastLine(Disconnected(ClientFixture.Host, fixture.Port));
            }) { IsAside = true },

        new("C-END-06", Level.Robust, Section.Delineating,
            new(
                "When the server closes in the middle of a message, the client does not show that message",
                "Quando o servidor fecha no meio de uma mensagem, o cliente não mostra essa mensagem"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                server.SendBytes(FrameFormat.Encode("[Bob] only half").AsSpan(0, FrameFormat.Size / 2));
                server.Leave();
                client.AwaitLastLine(Disconnected(ClientFixture.Host, fixture.Port));
                client.MustNotShow("[Bob]");
            }) { IsAside = true },

        new("C-END-07", Level.Robust, Section.Network,
            new(
                "The client shows what the server sends just before it closes",
                "O cliente mostra o que o servidor envia logo antes de fechar"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                server.Send("[Bob] last words");
                server.Leave();
                client.AwaitLine("[Bob] last words");
                client.AwaitLastLine(Disconnected(ClientFixture.Host, fixture.Port));
            }) { IsAside = true },

        new("C-END-08", Level.Ours, Section.Protocol(5),
            new(
                "The client prints the host as the user typed it",
                "O cliente imprime o host como o usuário o digitou"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter("localhost");
                server.Leave();
                client.AwaitLastLine(Disconnected("localhost", fixture.Port));
            }) { IsAside = true },

        new("C-END-09", Level.Ours, Section.Protocol(5),
            new(
                "When the server closes, the client prints exactly the expected bytes and exits with code 1",
                "Quando o servidor fecha, o cliente imprime exatamente os bytes esperados e termina com o código 1"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.InPipes().Enter();
                server.Leave();
                client.AwaitExit(1);
                client.AwaitExactly($"{ExpectedText.WipeMe}\r{Disconnected(ClientFixture.Host, fixture.Port)}\n");
            }) { IsAside = true },

        new("C-END-10", Level.Ours, Section.Protocol(5),
            new(
                "When the client cannot connect, it prints nothing else and exits with code 1",
                "Quando o cliente não consegue se conectar, ele não imprime mais nada e termina com o código 1"),
            fixture =>
            {
                int port = fixture.NewClosedPort();
                ClientUnderTest client = fixture.InPipes().Start(port);
                client.AwaitExit(1, fromStart: true);
                client.AwaitExactly(ExpectedText.Format(ExpectedText.CannotConnect, ClientFixture.Host, port) + "\n");
            }) { IsAside = true },
    ]);

    private static string Disconnected(string host, int port) => ExpectedText.Format(ExpectedText.ServerDisconnected, host, port);
}
