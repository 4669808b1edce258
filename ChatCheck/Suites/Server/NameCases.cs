using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Server;

/// <summary>The name of a client.</summary>
internal static class NameCases
{
    public static readonly CaseGroup<ServerFixture> Group = new("names", new("Names", "Nomes"),
    [
        new("S-NAME-01", Level.Required, Section.ServerMessages,
            new(
                "The first message of a client is its name. The server puts that name in front of the messages of the client",
                "A primeira mensagem de um cliente é o seu nome. O servidor põe esse nome na frente das mensagens do cliente"),
            fixture =>
            {
                Person[] people = fixture.Gather(fixture.NewChannel(), "Carla", "D");
                people[0].Send("hello");
                people[1].Expect("[Carla] hello");
                ServerFixture.Settle(people); // whether it comes back to its sender has its own case
                people[1].Send("hi");
                people[0].Expect("[D] hi");
            }),

        new("S-NAME-02", Level.Ours, Section.Protocol(2),
            new(
                "The server sends nothing to a client that has just sent its name",
                "O servidor não envia nada a um cliente que acabou de enviar o nome"),
            fixture =>
            {
                Person ana = fixture.Connect("Ana");
                ana.Send("Ana");
                ana.ExpectNothing();
            }),

        new("S-NAME-03", Level.Ours, Section.Protocol(4),
            new(
                "Two clients may have the same name",
                "Dois clientes podem ter o mesmo nome"),
            fixture =>
            {
                Person[] people = fixture.Gather(fixture.NewChannel(), "Ana", "Ana");
                people[0].Send("hello, namesake");
                people[1].Expect("[Ana] hello, namesake");
            }),

        new("S-NAME-04", Level.Ours, Section.Protocol(4),
            new(
                "The server rejects a name that is empty, has brackets or has more than 64 bytes, and closes the connection",
                "O servidor recusa um nome vazio, com colchetes ou com mais de 64 bytes, e fecha a conexão"),
            fixture =>
            {
                foreach (string name in new[] { "[Ana]", new string('x', 65), "" })
                {
                    Person peer = fixture.Connect("Ana");
                    peer.Send(name);
                    peer.Expect(ExpectedText.NameRefused);
                    peer.ReadToEnd();
                }
            }),

        new("S-NAME-06", Level.Ours, Section.Protocol(4),
            new(
                "The server rejects the name Me, and names with invisible characters or with spaces at an end",
                "O servidor recusa o nome Me e nomes com caracteres invisíveis ou com espaços no início ou no fim"),
            fixture =>
            {
                foreach (string name in new[] { "Ana\u200b", "Ana\u00a0", " Ana", "\u2800", "\u0301", "Me", "mE" })
                {
                    Person peer = fixture.Connect("Ana");
                    peer.Send(name);
                    peer.Expect(ExpectedText.NameRefused);
                    peer.ReadToEnd();
                }
            }),

        new("S-NAME-07", Level.Ours, Section.Protocol(4),
            new(
                "The server removes characters that change the direction of text",
                "O servidor remove caracteres que mudam a direção do texto"),
            fixture =>
            {
                (Person ana, Person bob) = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                ana.Send("one\u061c \u200etwo\u200f \u202ethree\u2069");
                bob.Expect("[Ana] one two three");
            }),

        new("S-NAME-08", Level.Ours, Section.Protocol(4),
            new(
                "Two Unicode spellings of the same channel name are one channel",
                "Duas grafias Unicode do mesmo nome de canal são um só canal"),
            fixture =>
            {
                string channel = fixture.NewChannel();
                Person ana = fixture.Enter("Ana");
                ana.Send($"/create {channel}-caf\u00e9", $"/create {channel}-cafe\u0301");
                ana.Expect(ExpectedText.Fill(ExpectedText.ChannelExists, $"{channel}-cafe\u0301"));
            }),

        new("S-NAME-05", Level.Ours, Section.Protocol(1),
            new(
                "The server removes a newline at the end of a name or text, as it removes padding",
                "O servidor remove uma quebra de linha no fim de um nome ou texto, como remove o preenchimento"),
            fixture =>
            {
                string channel = fixture.NewChannel();
                Person bob = fixture.Gather(channel, "Bob")[0];
                Person ana = fixture.Enter("Ana\n");
                ana.Send($"/join {channel}\n", "hello\n");
                bob.Expect("Ana has joined");
                bob.ExpectExactly("[Ana] hello");
            }),
    ]);
}
