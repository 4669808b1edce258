using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Server;

/// <summary>How clients go.</summary>
internal static class LeavingCases
{
    /// <summary>The cases.</summary>
    public static readonly CaseGroup<ServerFixture> Group = new("leaving", new("Leaving", "Sair"),
    [
        new("S-LEFT-01", Level.Required, Section.ServerMessages,
            new("When a client disconnects, every other member of its channel is told", "Quando um cliente se desconecta, cada outro membro do seu canal é avisado"),
            fixture =>
            {
                Person[] people = fixture.Gather(fixture.NewChannel(), "Ana", "Bob", "Carla");
                people[0].Leave();
                people[1].Expect("Ana has left");
                people[2].Expect("Ana has left");
            }),

        new("S-LEFT-02", Level.Required, Section.ServerMessages,
            new("When a client disconnects, nobody elsewhere is told", "Quando um cliente se desconecta, ninguém em outro lugar é avisado"),
            fixture =>
            {
                Person[] people = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                Person elsewhere = fixture.Gather(fixture.NewChannel(), "Carla")[0];
                Person nowhere = fixture.Enter("Dora");
                people[0].Leave();
                people[1].Read("Ana has left"); // now it is known
                elsewhere.ExpectNothing();
                nowhere.ExpectNothing();
            }),

        new("S-LEFT-03", Level.Robust, Section.ServerMessages,
            new("A disconnect is told once", "Uma desconexão é avisada uma só vez"),
            fixture =>
            {
                Person[] people = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                people[0].Leave();
                people[1].Read("Ana has left");
                people[1].Send("bye, Ana"); // what is sent to her now comes to nothing
                people[1].ExpectNothing();
            }),

        new("S-LEFT-04", Level.Robust, Section.Network,
            new("A connection that breaks (reset) is a disconnect, and the server goes on", "Uma conexão que se rompe (reset) é uma desconexão, e o servidor continua"),
            fixture =>
            {
                Person[] people = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                people[0].Reset();
                people[1].Expect("Ana has left");
                fixture.MustStillServe();
            }),

        new("S-LEFT-05", Level.Robust, Section.Delineating,
            new("Half a message of a client that disconnects is delivered to nobody", "Metade de uma mensagem de um cliente que se desconecta não chega a ninguém"),
            fixture =>
            {
                Person[] people = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                people[0].SendBytes(FrameFormat.Encode("half a message").AsSpan(0, FrameFormat.Size / 2));
                people[0].Leave();
                people[1].Expect("Ana has left");
            }),

        new("S-LEFT-06", Level.Robust, Section.Network,
            new("Clients that go without a name, or in no channel, disturb nobody", "Clientes que saem sem ter dito o nome, ou sem canal, não perturbam ninguém"),
            fixture =>
            {
                Person ana = fixture.Gather(fixture.NewChannel(), "Ana")[0];
                fixture.Connect("Nobody").Leave();
                fixture.Enter("Bob").Leave();
                Person half = fixture.Connect("Half");
                half.SendBytes("Ha"u8);
                half.Leave();
                fixture.MustStillServe();
                ana.ExpectNothing();
            }),

        new("S-LEFT-07", Level.Robust, Section.Network,
            new("Who has disconnected can come back under the same name", "Quem se desconectou pode voltar com o mesmo nome"),
            fixture =>
            {
                string channel = fixture.NewChannel();
                Person[] people = fixture.Gather(channel, "Ana", "Bob");
                people[0].Leave();
                people[1].Read("Ana has left");
                Person again = fixture.Enter("Ana");
                again.Send($"/join {channel}");
                people[1].Expect("Ana has joined");
                again.Send("here I am again");
                people[1].Expect("[Ana] here I am again");
            }),

        new("S-LEFT-08", Level.Robust, Section.Network,
            new("The last member of a channel can disconnect, and the server goes on", "O último membro de um canal pode se desconectar, e o servidor continua"),
            fixture =>
            {
                fixture.Gather(fixture.NewChannel(), "Ana")[0].Leave();
                fixture.MustStillServe();
            }),

        new("S-LEFT-09", Level.Ours, Section.Protocol(2),
            new("A client that has only ended its sending still gets its answers", "Um cliente que só encerrou o seu envio ainda recebe as respostas"),
            fixture =>
            {
                Person ana = fixture.Enter("Ana");
                ana.Send("/join", "/create");
                ana.EndSending();
                ana.Expect(ExpectedText.JoinRequiresArgument);
                ana.Expect(ExpectedText.CreateRequiresArgument);
                ana.ReadToEnd();
            }),
    ]);
}
