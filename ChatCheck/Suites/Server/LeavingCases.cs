using ThreadedChat.ChatCheck.Wire;
using ThreadedChat.Common;

namespace ThreadedChat.ChatCheck.Suites.Server;

/// <summary>How clients go.</summary>
internal static class LeavingCases
{
    /// <summary>The cases.</summary>
    public static readonly CaseGroup<ServerStage> Group = new("leaving", new("Leaving", "Sair"),
    [
        new("S-LEFT-01", Level.Required, Section.ServerMessages,
            new("When a client disconnects, every other member of its channel is told", "Quando um cliente se desconecta, cada outro membro do seu canal é avisado"),
            stage =>
            {
                Peer[] people = stage.Gather(stage.NewChannel(), "Ana", "Bob", "Carla");
                people[0].Leave();
                people[1].Expect("Ana has left");
                people[2].Expect("Ana has left");
            }),

        new("S-LEFT-02", Level.Required, Section.ServerMessages,
            new("When a client disconnects, nobody elsewhere is told", "Quando um cliente se desconecta, ninguém em outro lugar é avisado"),
            stage =>
            {
                Peer[] people = stage.Gather(stage.NewChannel(), "Ana", "Bob");
                Peer elsewhere = stage.Gather(stage.NewChannel(), "Carla")[0];
                Peer nowhere = stage.Enter("Dora");
                people[0].Leave();
                people[1].Read("Ana has left"); // now it is known
                elsewhere.ExpectNothing();
                nowhere.ExpectNothing();
            }),

        new("S-LEFT-03", Level.Robust, Section.ServerMessages,
            new("A disconnect is told once", "Uma desconexão é avisada uma só vez"),
            stage =>
            {
                Peer[] people = stage.Gather(stage.NewChannel(), "Ana", "Bob");
                people[0].Leave();
                people[1].Read("Ana has left");
                people[1].Send("bye, Ana"); // what is sent to her now comes to nothing
                people[1].ExpectNothing();
            }),

        new("S-LEFT-04", Level.Robust, Section.Network,
            new("A connection that breaks (reset) is a disconnect, and the server goes on", "Uma conexão que se rompe (reset) é uma desconexão, e o servidor continua"),
            stage =>
            {
                Peer[] people = stage.Gather(stage.NewChannel(), "Ana", "Bob");
                people[0].Reset();
                people[1].Expect("Ana has left");
                stage.MustStillServe();
            }),

        new("S-LEFT-05", Level.Robust, Section.Delineating,
            new("Half a message of a client that disconnects is delivered to nobody", "Metade de uma mensagem de um cliente que se desconecta não chega a ninguém"),
            stage =>
            {
                Peer[] people = stage.Gather(stage.NewChannel(), "Ana", "Bob");
                people[0].SendBytes(Frame.Encode("half a message").AsSpan(0, Frame.Size / 2));
                people[0].Leave();
                people[1].Expect("Ana has left");
            }),

        new("S-LEFT-06", Level.Robust, Section.Network,
            new("Clients that go without a name, or in no channel, disturb nobody", "Clientes que saem sem ter dito o nome, ou sem canal, não perturbam ninguém"),
            stage =>
            {
                Peer ana = stage.Gather(stage.NewChannel(), "Ana")[0];
                stage.Connect("Nobody").Leave();
                stage.Enter("Bob").Leave();
                Peer half = stage.Connect("Half");
                half.SendBytes("Ha"u8);
                half.Leave();
                stage.MustStillServe();
                ana.ExpectNothing();
            }),

        new("S-LEFT-07", Level.Robust, Section.Network,
            new("Who has disconnected can come back under the same name", "Quem se desconectou pode voltar com o mesmo nome"),
            stage =>
            {
                string channel = stage.NewChannel();
                Peer[] people = stage.Gather(channel, "Ana", "Bob");
                people[0].Leave();
                people[1].Read("Ana has left");
                Peer again = stage.Enter("Ana");
                again.Send($"/join {channel}");
                people[1].Expect("Ana has joined");
                again.Send("here I am again");
                people[1].Expect("[Ana] here I am again");
            }),

        new("S-LEFT-08", Level.Robust, Section.Network,
            new("The last member of a channel can disconnect, and the server goes on", "O último membro de um canal pode se desconectar, e o servidor continua"),
            stage =>
            {
                stage.Gather(stage.NewChannel(), "Ana")[0].Leave();
                stage.MustStillServe();
            }),

        new("S-LEFT-09", Level.Ours, Section.Protocol(2),
            new("A client that has only ended its sending still gets its answers", "Um cliente que só encerrou o seu envio ainda recebe as respostas"),
            stage =>
            {
                Peer ana = stage.Enter("Ana");
                ana.Send("/join", "/create");
                ana.EndSending();
                ana.Expect(ProtocolText.JoinRequiresArgument);
                ana.Expect(ProtocolText.CreateRequiresArgument);
                ana.ReadToEnd();
            }),
    ]);
}
