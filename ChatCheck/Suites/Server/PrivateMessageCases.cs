using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Server;

/// <summary><c>/msg</c>, and the unique names that it needs.</summary>
internal static class PrivateMessageCases
{
    public static readonly IReadOnlyList<Case<ServerFixture>> All =
    [
        new("X-NAME-01", Level.Ours, ExtendedCases.Document,
            new(
                "A name that is in use is rejected, also in other letters, and the connection is closed",
                "Um nome em uso é recusado, também com outras letras, e a conexão é fechada"),
            fixture =>
            {
                string name = ExtendedCases.NewName(fixture, "Ana");
                fixture.Enter(name);
                string other = name.ToUpperInvariant();
                Person second = fixture.Connect(other);
                second.Send(other);
                second.Expect(ExpectedText.Fill(ExpectedExtendedText.NameInUse, other));
                second.ReadToEnd();
            }),

        new("X-MSG-01", Level.Ours, ExtendedCases.Document,
            new(
                "/msg reaches one person, wherever that person is, as [[Name]] text. Nobody else gets it, nor the sender an answer",
                "/msg chega a uma pessoa, onde quer que ela esteja, como [[Nome]] texto. Ninguém mais recebe, nem o remetente uma resposta"),
            fixture =>
            {
                string ana = ExtendedCases.NewName(fixture, "Ana");
                Person[] here = fixture.Gather(fixture.NewChannel(), ana, Single(fixture, "Bob"));
                string carla = Single(fixture, "Carla"), dora = Single(fixture, "Dora");
                Person there = fixture.Gather(fixture.NewChannel(), carla)[0];
                Person nowhere = fixture.Enter(dora);
                here[0].Send($"/msg {carla} to another  channel", $"/msg {dora} /to none");
                here[0].ExpectNothing();
                there.Expect($"[[{ana}]] to another  channel");
                nowhere.Expect($"[[{ana}]] /to none");
                here[1].ExpectNothing();
                there.ExpectNothing();
            }),

        new("X-MSG-02", Level.Ours, ExtendedCases.Document,
            new(
                "A /msg without a name or a text and one to nobody have their own answers",
                "Um /msg sem nome ou sem texto e um para ninguém têm as próprias respostas"),
            fixture =>
            {
                string bob = Single(fixture, "Bob"), nobody = Single(fixture, "Nobody");
                Person ana = fixture.Enter(Single(fixture, "Ana"));
                fixture.Enter(bob);
                ana.Send("/msg", $"/msg {bob}", "/msg [] text", $"/msg {nobody} are you there?");
                ana.Expect(ExpectedExtendedText.MsgRequiresArguments);
                ana.Expect(ExpectedExtendedText.MsgRequiresArguments);
                ana.Expect(ExpectedExtendedText.MsgRequiresArguments);
                ana.Expect(ExpectedText.Fill(ExpectedExtendedText.NobodyOfThatName, nobody));
            }),

        new("X-MSG-03", Level.Ours, ExtendedCases.Document,
            new(
                "A name with blanks stands in brackets, in any letters. Without brackets the first word is the name",
                "Um nome com espaços fica entre colchetes, com quaisquer letras. Sem colchetes a primeira palavra é o nome"),
            fixture =>
            {
                string first = Single(fixture, "Bob"), full = $"{first} is";
                Person ana = fixture.Enter(Single(fixture, "Ana"));
                Person one = fixture.Enter(first), other = fixture.Enter(full);
                string sender = ana.Who;
                ana.Send($"/msg [{full.ToUpperInvariant()}] for the long name", $"/msg {full} for the short one");
                other.Expect($"[[{sender}]] for the long name");
                one.Expect($"[[{sender}]] is for the short one");
                other.ExpectNothing();
            }),

        new("X-MSG-04", Level.Ours, ExtendedCases.Document,
            new(
                "A private message that is too long with the name in front continues in a further message",
                "Uma mensagem privada longa demais com o nome na frente continua em outra mensagem"),
            fixture =>
            {
                string bob = Single(fixture, "Bob");
                Person ana = fixture.Enter(Single(fixture, "Ana-with-a-long-name-in-front")); // longer than what is in front of the text of the command
                Person receiver = fixture.Enter(bob);
                string prefix = $"[[{ana.Who}]] ";
                string text = new('x', FrameFormat.Size - $"/msg {bob} ".Length);
                int room = FrameFormat.Size - prefix.Length;
                ana.Send($"/msg {bob} {text}");
                receiver.Expect(prefix + text[..room]);
                receiver.Expect(prefix + text[room..]);
            }),

        new("X-MSG-05", Level.Ours, ExtendedCases.Document,
            new(
                "Private messages and messages of the channel arrive in the order in which one person has sent them",
                "Mensagens privadas e do canal chegam na ordem em que uma pessoa as enviou"),
            fixture =>
            {
                string bob = Single(fixture, "Bob");
                Person[] people = fixture.Gather(fixture.NewChannel(), Single(fixture, "Ana"), bob);
                string[] sent = [.. Enumerable.Range(0, 100).Select(i => Findings.Number(i))];
                people[0].Send([.. sent.Select((text, i) => i % 2 == 0 ? $"/msg {bob} {text}" : text)]);
                for (int i = 0; i < sent.Length; i++)
                {
                    people[1].Expect(i % 2 == 0 ? $"[[{people[0].Who}]] {sent[i]}" : $"[{people[0].Who}] {sent[i]}");
                }
            }),
    ];

    /// <summary>A new name of one word.</summary>
    private static string Single(ServerFixture fixture, string name) => $"{name}-{fixture.NewChannel()}";
}
