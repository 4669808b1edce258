using ThreadedChat.ChatCheck.Wire;
using ThreadedChat.Common;

namespace ThreadedChat.ChatCheck.Suites.Server;

/// <summary>What begins with a slash and is no command.</summary>
internal static class ControlCases
{
    /// <summary>The cases.</summary>
    public static readonly CaseGroup<ServerStage> Group = new("control", new("Other control messages", "Outras mensagens de controle"),
    [
        new("S-CTRL-01", Level.Required, Section.ErrorHandling,
            new("A control message that there is not is answered with its error", "Uma mensagem de controle que não existe é respondida com o seu erro"),
            stage =>
            {
                Peer ana = stage.Enter("Ana");
                ana.Send("/quit");
                ana.Expect(ProtocolText.Fill(ProtocolText.InvalidControlMessage, "/quit"));
            }),

        new("S-CTRL-02", Level.Required, Section.ServerMessages,
            new("What begins with a slash never reaches others, and one stays in the channel", "O que começa com barra nunca chega aos outros, e fica-se no canal"),
            stage =>
            {
                Peer[] people = stage.Gather(stage.NewChannel(), "Ana", "Bob");
                people[0].Send("/quit");
                people[0].Fence();
                people[1].ExpectNothing();
                people[1].Send("still with us?");
                people[0].Expect("[Bob] still with us?");
            }),

        new("S-CTRL-03", Level.Ours, Section.Protocol(2),
            new("A command matches whole and exactly: /joinx and /JOIN are none", "Um comando vale inteiro e exato: /joinx e /JOIN não existem"),
            stage =>
            {
                string channel = stage.NewChannel();
                stage.Gather(channel, "Ana");
                Peer bob = stage.Enter("Bob");
                bob.Send($"/joinx {channel}", $"/JOIN {channel}");
                bob.Expect(ProtocolText.Fill(ProtocolText.InvalidControlMessage, "/joinx"));
                bob.Expect(ProtocolText.Fill(ProtocolText.InvalidControlMessage, "/JOIN"));
            }),

        new("S-CTRL-04", Level.Ours, Section.Protocol(2),
            new("The error names the first word only, even where that is a lone slash", "O erro nomeia só a primeira palavra, mesmo que seja só uma barra"),
            stage =>
            {
                Peer ana = stage.Enter("Ana");
                ana.Send("/shout to all", "/");
                ana.Expect(ProtocolText.Fill(ProtocolText.InvalidControlMessage, "/shout"));
                ana.Expect(ProtocolText.Fill(ProtocolText.InvalidControlMessage, "/"));
            }),
    ]);
}
