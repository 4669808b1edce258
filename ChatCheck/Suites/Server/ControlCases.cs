using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Server;

/// <summary>Messages that begin with a slash and are not commands.</summary>
internal static class ControlCases
{
    public static readonly CaseGroup<ServerFixture> Group = new("control", new("Other control messages", "Outras mensagens de controle"),
    [
        new("S-CTRL-01", Level.Required, Section.ErrorHandling,
            new(
                "The server answers an unknown control message with an error",
                "O servidor responde a uma mensagem de controle desconhecida com um erro"),
            fixture =>
            {
                Person ana = fixture.Enter("Ana");
                ana.Send("/quit");
                ana.Expect(ExpectedText.Fill(ExpectedText.InvalidControlMessage, "/quit"));
            }),

        new("S-CTRL-02", Level.Required, Section.ServerMessages,
            new(
                "A text that begins with a slash is never sent to other clients, and its sender stays in the channel",
                "Um texto que começa com barra nunca é enviado a outros clientes, e quem o enviou permanece no canal"),
            fixture =>
            {
                (Person ana, Person bob) = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                ana.Send("/quit");
                ana.Fence();
                bob.ExpectNothing();
                bob.Send("still with us?");
                ana.Expect("[Bob] still with us?");
            }),

        new("S-CTRL-03", Level.Ours, Section.Protocol(2),
            new(
                "Only the exact command counts: /joinx and /JOIN are unknown",
                "Só vale o comando exato: /joinx e /JOIN são desconhecidos"),
            fixture =>
            {
                string channel = fixture.NewChannel();
                fixture.Gather(channel, "Ana");
                Person bob = fixture.Enter("Bob");
                bob.Send($"/joinx {channel}", $"/JOIN {channel}");
                bob.Expect(ExpectedText.Fill(ExpectedText.InvalidControlMessage, "/joinx"));
                bob.Expect(ExpectedText.Fill(ExpectedText.InvalidControlMessage, "/JOIN"));
            }),

        new("S-CTRL-04", Level.Ours, Section.Protocol(2),
            new(
                "The error names only the first word, even if that word is a single slash",
                "O erro mostra só a primeira palavra, mesmo que ela seja apenas uma barra"),
            fixture =>
            {
                Person ana = fixture.Enter("Ana");
                ana.Send("/shout to all", "/");
                ana.Expect(ExpectedText.Fill(ExpectedText.InvalidControlMessage, "/shout"));
                ana.Expect(ExpectedText.Fill(ExpectedText.InvalidControlMessage, "/"));
            }),
    ]);
}
