using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Server;

/// <summary>Clients that disconnect, in every way.</summary>
internal static class DisconnectCases
{
    public static readonly CaseGroup<ServerFixture> Group = new("leaving", new("Leaving", "Sair"),
    [
        new("S-LEFT-01", Level.Required, Section.ServerMessages,
            new(
                "When a client disconnects, the server tells every other member of its channel",
                "Quando um cliente se desconecta, o servidor avisa todos os outros membros do canal"),
            fixture =>
            {
                (Person ana, Person bob, Person carla) = fixture.Gather(fixture.NewChannel(), "Ana", "Bob", "Carla");
                ana.Leave();
                bob.Expect("Ana has left");
                carla.Expect("Ana has left");
            }),

        new("S-LEFT-02", Level.Required, Section.ServerMessages,
            new(
                "When a client disconnects, clients outside its channel get no notice",
                "Quando um cliente se desconecta, os clientes de fora do canal não são avisados"),
            fixture =>
            {
                (Person ana, Person bob) = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                Person elsewhere = fixture.Gather(fixture.NewChannel(), "Carla")[0];
                Person nowhere = fixture.Enter("Dora");
                ana.Leave();
                bob.Read("Ana has left"); // now it is known
                elsewhere.ExpectNothing();
                nowhere.ExpectNothing();
            }),

        new("S-LEFT-03", Level.Robust, Section.ServerMessages,
            new(
                "When a client disconnects, each other member gets the notice only once",
                "Quando um cliente se desconecta, cada um dos outros membros é avisado uma única vez"),
            fixture =>
            {
                (Person ana, Person bob) = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                ana.Leave();
                bob.Read("Ana has left");
                bob.Send("bye, Ana"); // messages to Ana are discarded now
                if (bob.Fence().Find(frame => !frame.Text.Contains("bye, Ana", StringComparison.Ordinal)) is ReceivedFrame second)
                {
                    throw Findings.Unwanted("Bob", second);
                }
            }),

        new("S-LEFT-04", Level.Robust, Section.Network,
            new(
                "The server treats a reset connection as a disconnect and keeps running",
                "O servidor trata uma conexão interrompida (reset) como desconexão e continua funcionando"),
            fixture =>
            {
                (Person ana, Person bob) = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                ana.Reset();
                bob.Expect("Ana has left");
                fixture.MustStillServe();
            }) { IsAside = true },

        new("S-LEFT-05", Level.Robust, Section.Delineating,
            new(
                "If a client disconnects in the middle of a message, nobody receives that message",
                "Se um cliente se desconecta no meio de uma mensagem, ninguém recebe essa mensagem"),
            fixture =>
            {
                (Person ana, Person bob) = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                ana.SendBytes(FrameFormat.Encode("half a message").AsSpan(0, FrameFormat.Size / 2));
                ana.Leave();
                bob.Expect("Ana has left");
            }),

        new("S-LEFT-06", Level.Robust, Section.Network,
            new(
                "Clients that leave before they have a name or a channel disturb nobody",
                "Clientes que saem antes de ter nome ou canal não atrapalham ninguém"),
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
            }) { IsAside = true },

        new("S-LEFT-07", Level.Robust, Section.Network,
            new(
                "A client that has disconnected can come back with the same name",
                "Um cliente que se desconectou pode voltar com o mesmo nome"),
            fixture =>
            {
                string channel = fixture.NewChannel();
                (Person ana, Person bob) = fixture.Gather(channel, "Ana", "Bob");
                ana.Leave();
                bob.Read("Ana has left");
                bob.Fence(); // whether it comes once has its own case
                Person again = fixture.Enter("Ana");
                again.Send($"/join {channel}");
                bob.ExpectBehind("Ana has left", "Ana has joined");
                again.Send("here I am again");
                bob.ExpectBehind("Ana has left", "[Ana] here I am again");
            }),

        new("S-LEFT-08", Level.Robust, Section.Network,
            new(
                "When the last member of a channel disconnects, the server keeps running",
                "Quando o último membro de um canal se desconecta, o servidor continua funcionando"),
            fixture =>
            {
                fixture.Gather(fixture.NewChannel(), "Ana")[0].Leave();
                fixture.MustStillServe();
            }) { IsAside = true },

        new("S-LEFT-09", Level.Ours, Section.Protocol(2),
            new(
                "A client that has ended only its sending direction still receives its answers",
                "Um cliente que encerrou só o seu envio ainda recebe as respostas"),
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
