using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Client;

/// <summary>How it ends.</summary>
internal static class EndingCases
{
    /// <summary>The cases.</summary>
    public static readonly CaseGroup<ClientFixture> Group = new("ending", new("How it ends", "Como ele termina"),
    [
        new("C-END-01", Level.Required, Section.Questions,
            new("When the server closes, it says so with host and port", "Quando o servidor fecha, ele o diz com host e porta"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                server.Leave();
                client.AwaitLastLine(Disconnected(ClientFixture.Host, fixture.Port));
            }),

        new("C-END-02", Level.Required, Section.Questions,
            new("When the server closes, it ends", "Quando o servidor fecha, ele termina"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                server.Leave();
                client.AwaitExit();
            }),

        new("C-END-03", Level.Required, Section.ErrorHandling,
            new("When it cannot connect, it says so with host and port", "Quando não consegue se conectar, ele o diz com host e porta"),
            fixture =>
            {
                int port = fixture.NewClosedPort();
                ClientUnderTest client = fixture.Start(port);
                client.AwaitLastLine(ExpectedText.Format(ExpectedText.CannotConnect, ClientFixture.Host, port), fromStart: true);
            }),

        new("C-END-04", Level.Required, Section.ErrorHandling,
            new("When it cannot connect, it ends", "Quando não consegue se conectar, ele termina"),
            fixture => fixture.Start(fixture.NewClosedPort()).AwaitExit(fromStart: true)),

        new("C-END-05", Level.Robust, Section.Network,
            new("A connection that breaks (reset) is a server that has disconnected", "Uma conexão que se rompe (reset) é um servidor que se desconectou"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                server.Reset();
                client.AwaitLastLine(Disconnected(ClientFixture.Host, fixture.Port));
            }),

        new("C-END-06", Level.Robust, Section.Delineating,
            new("When the server closes inside a message, that half is not shown", "Quando o servidor fecha no meio de uma mensagem, essa metade não é mostrada"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                server.SendBytes(FrameFormat.Encode("[Bob] only half").AsSpan(0, FrameFormat.Size / 2));
                server.Leave();
                client.AwaitLastLine(Disconnected(ClientFixture.Host, fixture.Port));
                client.MustNotShow("[Bob]");
            }),

        new("C-END-07", Level.Robust, Section.Network,
            new("What the server says right before it closes is shown", "O que o servidor diz logo antes de fechar é mostrado"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                server.Send("[Bob] last words");
                server.Leave();
                client.AwaitLine("[Bob] last words");
                client.AwaitLastLine(Disconnected(ClientFixture.Host, fixture.Port));
            }),

        new("C-END-08", Level.Ours, Section.Protocol(5),
            new("The host is shown as it was typed", "O host é mostrado como foi digitado"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter("localhost");
                server.Leave();
                client.AwaitLastLine(Disconnected("localhost", fixture.Port));
            }),

        new("C-END-09", Level.Ours, Section.Protocol(5),
            new("When the server closes, what is printed is to the byte, and the exit code is 1", "Quando o servidor fecha, o que é impresso confere ao byte, e o código de saída é 1"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.InPipes().Enter();
                server.Leave();
                client.AwaitExit(1);
                client.AwaitExactly($"{ExpectedText.WipeMe}\r{Disconnected(ClientFixture.Host, fixture.Port)}\n");
            }),

        new("C-END-10", Level.Ours, Section.Protocol(5),
            new("The exit code is 1 where it cannot connect, and nothing else is printed", "O código de saída é 1 quando não se conecta, e nada mais é impresso"),
            fixture =>
            {
                int port = fixture.NewClosedPort();
                ClientUnderTest client = fixture.InPipes().Start(port);
                client.AwaitExit(1, fromStart: true);
                client.AwaitExactly(ExpectedText.Format(ExpectedText.CannotConnect, ClientFixture.Host, port) + "\n");
            }),
    ]);

    private static string Disconnected(string host, int port) => ExpectedText.Format(ExpectedText.ServerDisconnected, host, port);
}
