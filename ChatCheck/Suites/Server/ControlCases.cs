using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Server;

/// <summary>What begins with a slash and is no command.</summary>
internal static class ControlCases
{
    /// <summary>The cases.</summary>
    public static readonly CaseGroup<ServerFixture> Group = new("control", new("Other control messages", "Outras mensagens de controle"),
    [
        new("S-CTRL-01", Level.Required, Section.ErrorHandling,
            new("A control message that there is not is answered with its error", "Uma mensagem de controle que não existe é respondida com o seu erro"),
            fixture =>
            {
                Person ana = fixture.Enter("Ana");
                ana.Send("/quit");
                ana.Expect(ExpectedText.Fill(ExpectedText.InvalidControlMessage, "/quit"));
            }),

        new("S-CTRL-02", Level.Required, Section.ServerMessages,
            new("What begins with a slash never reaches others, and one stays in the channel", "O que começa com barra nunca chega aos outros, e fica-se no canal"),
            fixture =>
            {
                Person[] people = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                people[0].Send("/quit");
                people[0].Fence();
                people[1].ExpectNothing();
                people[1].Send("still with us?");
                people[0].Expect("[Bob] still with us?");
            }),

        new("S-CTRL-03", Level.Ours, Section.Protocol(2),
            new("A command matches whole and exactly: /joinx and /JOIN are none", "Um comando vale inteiro e exato: /joinx e /JOIN não existem"),
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
            new("The error names the first word only, even where that is a lone slash", "O erro nomeia só a primeira palavra, mesmo que seja só uma barra"),
            fixture =>
            {
                Person ana = fixture.Enter("Ana");
                ana.Send("/shout to all", "/");
                ana.Expect(ExpectedText.Fill(ExpectedText.InvalidControlMessage, "/shout"));
                ana.Expect(ExpectedText.Fill(ExpectedText.InvalidControlMessage, "/"));
            }),
    ]);
}
