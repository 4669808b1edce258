using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Server;

/// <summary>Who a client is.</summary>
internal static class NameCases
{
    /// <summary>The cases.</summary>
    public static readonly CaseGroup<ServerFixture> Group = new("names", new("Names", "Nomes"),
    [
        new("S-NAME-01", Level.Required, Section.ServerMessages,
            new("The first message is the client's name: what it says carries that name", "A primeira mensagem é o nome do cliente: o que ele diz leva esse nome"),
            fixture =>
            {
                Person[] people = fixture.Gather(fixture.NewChannel(), "Carla", "D");
                people[0].Send("hello");
                people[1].Expect("[Carla] hello");
                people[1].Send("hi");
                people[0].Expect("[D] hi");
            }),

        new("S-NAME-02", Level.Ours, Section.Protocol(2),
            new("A newcomer is told nothing", "Quem chega não recebe nada"),
            fixture =>
            {
                Person ana = fixture.Connect("Ana");
                ana.Send("Ana");
                ana.ExpectNothing();
            }),

        new("S-NAME-03", Level.Ours, Section.Protocol(4),
            new("Two clients may have the same name", "Dois clientes podem ter o mesmo nome"),
            fixture =>
            {
                Person[] people = fixture.Gather(fixture.NewChannel(), "Ana", "Ana");
                people[0].Send("hello, namesake");
                people[1].Expect("[Ana] hello, namesake");
            }),

        new("S-NAME-04", Level.Ours, Section.Protocol(4),
            new("A name with brackets or of more than 64 bytes, or none, is refused and the connection closed", "Um nome com colchetes ou com mais de 64 bytes, ou vazio, é recusado e a conexão fechada"),
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
            new("A name with invisible characters or blanks at its ends, of nothing to see, or Me in any case, is refused", "Um nome com caracteres invisíveis ou espaços nas pontas, sem nada visível, ou Me em maiúsculas ou minúsculas, é recusado"),
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
            new("Characters that reorder text never leave the server", "Caracteres que reordenam o texto nunca saem do servidor"),
            fixture =>
            {
                Person[] people = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                people[0].Send("one\u061c \u200etwo\u200f \u202ethree\u2069");
                people[1].Expect("[Ana] one two three");
            }),

        new("S-NAME-08", Level.Ours, Section.Protocol(4),
            new("Two spellings of a channel's name in Unicode are one channel", "Duas grafias do nome de um canal em Unicode são um só canal"),
            fixture =>
            {
                string channel = fixture.NewChannel();
                Person ana = fixture.Enter("Ana");
                ana.Send($"/create {channel}-caf\u00e9", $"/create {channel}-cafe\u0301");
                ana.Expect(ExpectedText.Fill(ExpectedText.ChannelExists, $"{channel}-cafe\u0301"));
            }),

        new("S-NAME-05", Level.Ours, Section.Protocol(1),
            new("A newline at the end of a name or text is stripped like padding", "Uma quebra de linha no fim de um nome ou texto é removida como o preenchimento"),
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
