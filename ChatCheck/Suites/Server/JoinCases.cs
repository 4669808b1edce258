using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Server;

/// <summary><c>/join</c>.</summary>
internal static class JoinCases
{
    /// <summary>The cases.</summary>
    public static readonly CaseGroup<ServerFixture> Group = new("join", new("/join", "/join"),
    [
        new("S-JOIN-01", Level.Required, Section.ServerMessages,
            new("Who joins is announced to every member that is there", "Quem entra é anunciado a cada membro que já está lá"),
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
            new("A /join that succeeds is not answered, nor announced to the one who joins", "Um /join bem-sucedido não é respondido, nem anunciado a quem entra"),
            fixture =>
            {
                string channel = fixture.NewChannel();
                fixture.Gather(channel, "Ana");
                Person bob = fixture.Enter("Bob");
                bob.Send($"/join {channel}");
                bob.ExpectNothing();
            }),

        new("S-JOIN-03", Level.Required, Section.ServerMessages,
            new("Who joins is announced to nobody elsewhere", "Quem entra não é anunciado a ninguém em outro lugar"),
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
            new("Who joins a channel leaves the old one: the others there are told", "Quem entra em um canal sai do antigo: os outros de lá são avisados"),
            fixture =>
            {
                string next = fixture.NewChannel();
                fixture.Gather(next, "Carla");
                Person[] people = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                people[0].Send($"/join {next}");
                people[1].Expect("Ana has left");
            }),

        new("S-JOIN-05", Level.Required, Section.ServerMessages,
            new("Who has changed channels hears nothing of the old one any more", "Quem mudou de canal não ouve mais nada do antigo"),
            fixture =>
            {
                string next = fixture.NewChannel();
                fixture.Gather(next, "Carla");
                Person[] people = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                people[0].Send($"/join {next}");
                people[0].Fence();
                people[1].Send("is she gone?");
                people[1].Fence();
                people[0].ExpectNothing();
            }),

        new("S-JOIN-06", Level.Required, Section.ServerMessages,
            new("Who has changed channels speaks to the new one, and to it alone", "Quem mudou de canal fala para o novo, e só para ele"),
            fixture =>
            {
                string next = fixture.NewChannel();
                Person carla = fixture.Gather(next, "Carla")[0];
                Person[] people = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                people[0].Send($"/join {next}");
                people[0].Fence();
                ServerFixture.Settle(people[1], carla);
                people[0].Send("hello, new friends");
                carla.Expect("[Ana] hello, new friends");
                people[1].ExpectNothing();
            }),

        new("S-JOIN-07", Level.Required, Section.ErrorHandling,
            new("/join without a name is answered with its error", "/join sem nome é respondido com o seu erro"),
            fixture =>
            {
                Person ana = fixture.Enter("Ana");
                ana.Send("/join");
                ana.Expect(ExpectedText.JoinRequiresArgument);
            }),

        new("S-JOIN-08", Level.Required, Section.ErrorHandling,
            new("/join of a channel that does not exist is answered with its error", "/join de um canal que não existe é respondido com o seu erro"),
            fixture =>
            {
                string channel = fixture.NewChannel();
                Person ana = fixture.Enter("Ana");
                ana.Send($"/join {channel}");
                ana.Expect(ExpectedText.Fill(ExpectedText.NoChannelExists, channel));
            }),

        new("S-JOIN-09", Level.Required, Section.ErrorHandling,
            new("A /join that fails changes nothing: one stays where one was, and nobody is told anything", "Um /join que falha não muda nada: fica-se onde se estava, e ninguém é avisado"),
            fixture =>
            {
                Person[] people = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                people[0].Send($"/join {fixture.NewChannel()}", "/join");
                people[0].Fence();
                people[1].ExpectNothing();
                people[1].Send("still with us?");
                people[0].Expect("[Bob] still with us?");
            }),

        new("S-JOIN-10", Level.Ours, Section.Protocol(2),
            new("Who joins the channel it is in leaves, then joins: the others see both", "Quem entra no canal em que já está sai e entra: os outros veem os dois"),
            fixture =>
            {
                string channel = fixture.NewChannel();
                Person[] people = fixture.Gather(channel, "Ana", "Bob");
                people[0].Send($"/join {channel}");
                people[0].ExpectNothing();
                people[1].Expect("Ana has left");
                people[1].Expect("Ana has joined");
            }),
    ]);
}
