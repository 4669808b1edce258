using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Server;

/// <summary><c>/create</c>.</summary>
internal static class CreateCases
{
    /// <summary>The cases.</summary>
    public static readonly CaseGroup<ServerFixture> Group = new("create", new("/create", "/create"),
    [
        new("S-CREATE-01", Level.Required, Section.ServerMessages,
            new("/create makes the channel and puts its maker into it", "/create faz o canal e põe nele quem o criou"),
            fixture =>
            {
                string channel = fixture.NewChannel();
                Person ana = fixture.Enter("Ana");
                Person bob = fixture.Enter("Bob");
                ana.Send($"/create {channel}");
                ana.Fence();
                bob.Send($"/join {channel}");
                bob.Fence();
                ServerFixture.Settle(ana);
                bob.Send("is this yours?");
                ana.Expect("[Bob] is this yours?");
            }),

        new("S-CREATE-02", Level.Required, Section.ClientFunctionality,
            new("A /create that succeeds is not answered", "Um /create bem-sucedido não é respondido"),
            fixture =>
            {
                Person ana = fixture.Enter("Ana");
                ana.Send($"/create {fixture.NewChannel()}");
                ana.ExpectNothing();
            }),

        new("S-CREATE-03", Level.Required, Section.ServerMessages,
            new("Who creates a channel leaves the old one: the others there are told", "Quem cria um canal sai do antigo: os outros de lá são avisados"),
            fixture =>
            {
                Person[] people = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                people[0].Send($"/create {fixture.NewChannel()}");
                people[1].Expect("Ana has left");
            }),

        new("S-CREATE-04", Level.Required, Section.ServerMessages,
            new("Who created a channel hears nothing of the old one any more", "Quem criou um canal não ouve mais nada do antigo"),
            fixture =>
            {
                Person[] people = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                people[0].Send($"/create {fixture.NewChannel()}");
                people[0].Fence();
                people[1].Send("is she gone?");
                people[1].Fence();
                people[0].ExpectNothing();
            }),

        new("S-CREATE-05", Level.Required, Section.ErrorHandling,
            new("/create without a name is answered with its error", "/create sem nome é respondido com o seu erro"),
            fixture =>
            {
                Person ana = fixture.Enter("Ana");
                ana.Send("/create");
                ana.Expect(ExpectedText.CreateRequiresArgument);
            }),

        new("S-CREATE-06", Level.Required, Section.ErrorHandling,
            new("/create of a channel that exists is answered with its error", "/create de um canal que já existe é respondido com o seu erro"),
            fixture =>
            {
                string channel = fixture.NewChannel();
                fixture.Gather(channel, "Ana");
                Person bob = fixture.Enter("Bob");
                bob.Send($"/create {channel}");
                bob.Expect(ExpectedText.Fill(ExpectedText.ChannelExists, channel));
            }),

        new("S-CREATE-07", Level.Required, Section.ErrorHandling,
            new("A /create that fails changes nothing: one stays where one was, and nobody is told anything", "Um /create que falha não muda nada: fica-se onde se estava, e ninguém é avisado"),
            fixture =>
            {
                string taken = fixture.NewChannel();
                Person owner = fixture.Gather(taken, "Carla")[0];
                Person[] people = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                people[0].Send($"/create {taken}", "/create");
                people[0].Fence();
                people[1].ExpectNothing();
                owner.ExpectNothing();
                people[1].Send("still with us?");
                people[0].Expect("[Bob] still with us?");
            }),

        new("S-CREATE-08", Level.Ours, Section.Protocol(2),
            new("/create of the channel one is in is refused, too", "/create do canal em que se está também é recusado"),
            fixture =>
            {
                string channel = fixture.NewChannel();
                Person ana = fixture.Gather(channel, "Ana")[0];
                ana.Send($"/create {channel}");
                ana.Expect(ExpectedText.Fill(ExpectedText.ChannelExists, channel));
            }),

        new("S-CREATE-09", Level.Ours, Section.Protocol(2),
            new("More blanks between the words, and further words, do not matter", "Mais espaços entre as palavras, e palavras a mais, não importam"),
            fixture =>
            {
                string channel = fixture.NewChannel();
                Person ana = fixture.Enter("Ana");
                Person bob = fixture.Enter("Bob");
                ana.Send($"/create   {channel} please");
                ana.Fence();
                bob.Send($"/join {channel}");
                bob.Fence();
                ana.Expect("Bob has joined");
            }),
    ]);
}
