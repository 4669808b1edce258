using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Server;

/// <summary><c>/create</c>.</summary>
internal static class CreateCases
{
    public static readonly CaseGroup<ServerFixture> Group = new("create", new("/create", "/create"),
    [
        new("S-CREATE-01", Level.Required, Section.ServerMessages,
            new(
                "/create makes a channel and adds the client that created it",
                "/create cria o canal e coloca nele o cliente que o criou"),
            fixture =>
            {
                (Person ana, Person bob) = CreateAndJoin(fixture, channel => $"/create {channel}");
                ServerFixture.Settle(ana);
                bob.Send("is this yours?");
                ReceivedFrame frame = ana.Read("[Bob] is this yours?");
                if (!frame.Text.Contains("is this yours?", StringComparison.Ordinal)) // the form of a message has its own case
                {
                    throw Findings.OtherMessage("Ana", "[Bob] is this yours?", frame);
                }
            }),

        new("S-CREATE-02", Level.Required, Section.ClientFunctionality,
            new(
                "The server does not answer a /create that succeeds",
                "O servidor não responde a um /create bem-sucedido"),
            fixture =>
            {
                Person ana = fixture.Enter("Ana");
                ana.Send($"/create {fixture.NewChannel()}");
                ana.ExpectNothing();
            }),

        new("S-CREATE-03", Level.Required, Section.ServerMessages,
            new(
                "When a client creates a channel, the server tells its old channel that it has left",
                "Quando um cliente cria um canal, o servidor avisa o canal antigo de que ele saiu"),
            fixture =>
            {
                (Person ana, Person bob) = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                ana.Send($"/create {fixture.NewChannel()}");
                bob.Expect("Ana has left");
            }),

        new("S-CREATE-04", Level.Required, Section.ServerMessages,
            new(
                "A client that has created a channel receives nothing more from its old channel",
                "Um cliente que criou um canal não recebe mais nada do canal antigo"),
            fixture =>
            {
                (Person ana, Person bob) = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                ana.Send($"/create {fixture.NewChannel()}");
                ana.Fence();
                bob.Send("is she gone?");
                bob.Fence();
                ana.ExpectNothing();
            }),

        new("S-CREATE-05", Level.Required, Section.ErrorHandling,
            new(
                "The server answers /create without a name with an error",
                "O servidor responde a /create sem nome com um erro"),
            fixture =>
            {
                Person ana = fixture.Enter("Ana");
                ana.Send("/create");
                ana.Expect(ExpectedText.CreateRequiresArgument);
            }),

        new("S-CREATE-06", Level.Required, Section.ErrorHandling,
            new(
                "The server answers /create for an existing channel with an error",
                "O servidor responde a /create de um canal que já existe com um erro"),
            fixture =>
            {
                string channel = fixture.NewChannel();
                fixture.Gather(channel, "Ana");
                Person bob = fixture.Enter("Bob");
                bob.Send($"/create {channel}");
                bob.Expect(ExpectedText.Fill(ExpectedText.ChannelExists, channel));
            }),

        new("S-CREATE-07", Level.Required, Section.ErrorHandling,
            new(
                "After a /create that fails, the client stays in its channel, and no other client gets a notice",
                "Depois de um /create que falha, o cliente permanece no seu canal, e nenhum outro cliente é avisado"),
            fixture =>
            {
                string taken = fixture.NewChannel();
                Person owner = fixture.Gather(taken, "Carla")[0];
                (Person ana, Person bob) = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                owner.Fence(); // another case checks which clients are told that Bob has joined
                ana.Send($"/create {taken}", "/create");
                ana.Fence();
                bob.ExpectNothing();
                owner.ExpectNothing();
                bob.Send("still with us?");
                ana.Expect("[Bob] still with us?");
            }),

        new("S-CREATE-08", Level.Ours, Section.Protocol(2),
            new(
                "The server rejects /create for the channel that the client is in",
                "O servidor recusa /create do canal em que o cliente está"),
            fixture =>
            {
                string channel = fixture.NewChannel();
                Person ana = fixture.Gather(channel, "Ana")[0];
                ana.Send($"/create {channel}");
                ana.Expect(ExpectedText.Fill(ExpectedText.ChannelExists, channel));
            }),

        new("S-CREATE-09", Level.Ours, Section.Protocol(2),
            new(
                "Extra spaces between words, and extra words, are ignored",
                "Espaços a mais entre as palavras, e palavras a mais, são ignorados"),
            fixture =>
            {
                (Person ana, _) = CreateAndJoin(fixture, channel => $"/create   {channel} please");
                ana.Expect("Bob has joined");
            }),
    ]);

    /// <summary>Ana creates a channel with this command, and Bob joins it.</summary>
    private static (Person Ana, Person Bob) CreateAndJoin(ServerFixture fixture, Func<string, string> create)
    {
        string channel = fixture.NewChannel();
        Person ana = fixture.Enter("Ana");
        Person bob = fixture.Enter("Bob");
        ana.Send(create(channel));
        ana.Fence();
        bob.Send($"/join {channel}");
        bob.Fence();
        return (ana, bob);
    }
}
