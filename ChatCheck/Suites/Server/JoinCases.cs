using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Server;

/// <summary><c>/join</c>.</summary>
internal static class JoinCases
{
    public static readonly CaseGroup<ServerFixture> Group = new("join", new("/join", "/join"),
    [
        new("S-JOIN-01", Level.Required, Section.ServerMessages,
            new(
                "When a client joins, the server tells every member of the channel",
                "Quando um cliente entra, o servidor avisa todos os membros do canal"),
            fixture =>
            {
                string channel = fixture.NewChannel();
                Person[] members = fixture.Gather(channel, "Ana", "Bob");
                Person carla = fixture.Enter("Carla");
                carla.Send($"/join {channel}");
                foreach (Person member in members)
                {
                    member.Expect("Carla has joined");
                }
            }),

        new("S-JOIN-02", Level.Required, Section.ClientFunctionality,
            new(
                "The client that joins receives neither an answer nor the notice about itself",
                "O cliente que entra não recebe resposta nem o aviso da própria entrada"),
            fixture =>
            {
                string channel = fixture.NewChannel();
                fixture.Gather(channel, "Ana");
                Person bob = fixture.Enter("Bob");
                bob.Send($"/join {channel}");
                bob.ExpectNothing();
            }),

        new("S-JOIN-03", Level.Required, Section.ServerMessages,
            new(
                "When a client joins, clients outside the channel get no notice",
                "Quando um cliente entra, os clientes de fora do canal não são avisados"),
            fixture =>
            {
                string channel = fixture.NewChannel();
                fixture.Gather(channel, "Ana");
                Person elsewhere = fixture.Gather(fixture.NewChannel(), "Carla")[0];
                Person nowhere = fixture.Enter("Dora");
                Person bob = fixture.Enter("Bob");
                bob.Send($"/join {channel}");
                bob.Fence();
                elsewhere.ExpectNothing();
                nowhere.ExpectNothing();
            }),

        new("S-JOIN-04", Level.Required, Section.ServerMessages,
            new(
                "When a client joins another channel, the server tells its old channel that it has left",
                "Quando um cliente entra em outro canal, o servidor avisa o canal antigo de que ele saiu"),
            fixture =>
            {
                string next = fixture.NewChannel();
                fixture.Gather(next, "Carla");
                (Person ana, Person bob) = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                ana.Send($"/join {next}");
                bob.Expect("Ana has left");
            }),

        new("S-JOIN-05", Level.Required, Section.ServerMessages,
            new(
                "A client that has changed channels receives nothing more from its old channel",
                "Um cliente que mudou de canal não recebe mais nada do canal antigo"),
            fixture =>
            {
                string next = fixture.NewChannel();
                fixture.Gather(next, "Carla");
                (Person ana, Person bob) = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                ana.Send($"/join {next}");
                ana.Fence();
                bob.Send("is she gone?");
                bob.Fence();
                ana.ExpectNothing();
            }),

        new("S-JOIN-06", Level.Required, Section.ServerMessages,
            new(
                "Messages of a client that has changed channels go to the new channel only",
                "As mensagens de um cliente que mudou de canal vão só para o canal novo"),
            fixture =>
            {
                string next = fixture.NewChannel();
                Person carla = fixture.Gather(next, "Carla")[0];
                (Person ana, Person bob) = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                ana.Send($"/join {next}");
                ana.Fence();
                ServerFixture.Settle(bob, carla);
                ana.Send("hello, new friends");
                carla.Expect("[Ana] hello, new friends");
                bob.ExpectNothing();
            }),

        new("S-JOIN-07", Level.Required, Section.ErrorHandling,
            new(
                "The server answers /join without a name with an error",
                "O servidor responde a /join sem nome com um erro"),
            fixture =>
            {
                Person ana = fixture.Enter("Ana");
                ana.Send("/join");
                ana.Expect(ExpectedText.JoinRequiresArgument);
            }),

        new("S-JOIN-08", Level.Required, Section.ErrorHandling,
            new(
                "The server answers /join for a channel that does not exist with an error",
                "O servidor responde a /join de um canal que não existe com um erro"),
            fixture =>
            {
                string channel = fixture.NewChannel();
                Person ana = fixture.Enter("Ana");
                ana.Send($"/join {channel}");
                ana.Expect(ExpectedText.Fill(ExpectedText.NoChannelExists, channel));
            }),

        new("S-JOIN-09", Level.Required, Section.ErrorHandling,
            new(
                "After a /join that fails, the client stays in its channel, and no other client gets a notice",
                "Depois de um /join que falha, o cliente permanece no seu canal, e nenhum outro cliente é avisado"),
            fixture =>
            {
                (Person ana, Person bob) = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                ana.Send($"/join {fixture.NewChannel()}", "/join");
                ana.Fence();
                bob.ExpectNothing();
                bob.Send("still with us?");
                ana.Expect("[Bob] still with us?");
            }),

        new("S-JOIN-10", Level.Ours, Section.Protocol(2),
            new(
                "A client that joins the channel it is in leaves it and joins it again. The other members see both",
                "Um cliente que entra no canal em que já está sai e entra de novo. Os outros membros veem as duas coisas"),
            fixture =>
            {
                string channel = fixture.NewChannel();
                (Person ana, Person bob) = fixture.Gather(channel, "Ana", "Bob");
                ana.Send($"/join {channel}");
                ana.ExpectNothing();
                bob.Expect("Ana has left");
                bob.Expect("Ana has joined");
            }),
    ]);
}
