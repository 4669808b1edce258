using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using ThreadedChat.ChatClient.Editing;
using ThreadedChat.ChatServer.Tests.Doubles;

namespace ThreadedChat.ChatServer.Tests.Client.Editing;

/// <summary>What holds for any bytes a terminal may send.</summary>
[TestClass]
public sealed class KeyParserPropertyTests
{
    private static readonly Gen<byte[]> Fragment = Gen.OneOf(
        "\e", "\e[", "\e[20", "\e[200~", "\e[201~", "\e[<0;10;10M", "\e[M", "\e[M !!", "\eO", "\eOM", "\e[[", "\e]11;rgb:1\a", "\eP", "\eX",
        "\e\\", "\e[1;5C", "\e[24;80R", "\e[13u", "\e[?1;2c", "\e[?2$y", ";", "0", "~", "M", "u", "é", "你", "👩", "hello", "\t", "\x7F", "\x15")
        .Select(text => Encoding.UTF8.GetBytes(text));

    private static readonly Gen<byte[]> NoEnter = Gen.Byte.Where(value => value is not (byte)'\r' and not (byte)'\n').Select(value => new[] { value });

    private static readonly Gen<byte[]> Anything = Gen.OneOf(Fragment, Fragment, NoEnter, Gen.OneOf("\r", "\n").Select(Encoding.UTF8.GetBytes))
        .Array[0, 30].Select(parts => parts.SelectMany(part => part).ToArray());

    [TestMethod]
    public void The_keys_are_the_same_for_any_cut_of_the_bytes()
    {
        Gen.Select(Anything, Gen.Int[1, 5].Array[1, 40]).Sample((bytes, sizes) =>
        {
            IReadOnlyList<Key> whole = new KeyParser().Parse(bytes);

            var parser = new KeyParser();
            var inParts = new List<Key>();
            int done = 0;
            for (int i = 0; done < bytes.Length; i++)
            {
                int size = Math.Min(sizes[i % sizes.Length], bytes.Length - done);
                inParts.AddRange(parser.Parse(bytes.AsSpan(done, size)));
                done += size;
            }

            Assert.AreSequenceEqual(Keys.JoinText(whole), Keys.JoinText(inParts));
        });
    }

    [TestMethod]
    public void After_a_timeout_typed_characters_are_text_again()
    {
        Anything.Sample(bytes =>
        {
            var parser = new KeyParser();
            parser.Parse(bytes);
            if (parser.Timeout is not null)
            {
                parser.GiveUp();
            }

            Assert.IsNull(parser.Timeout);
            Key key = Assert.ContainsSingle(parser.Parse("x"u8));
            Assert.AreEqual(KeyKind.Text, key.Kind);
            Assert.EndsWith("x", key.Text);
        });
    }

    /// <summary>Without the Enter key no line is sent, for any bytes of the terminal: mouse reports, answers, garbage.</summary>
    [TestMethod]
    public void Without_the_enter_key_no_line_is_entered()
    {
        Gen<byte[]> noEnter = Gen.OneOf(Fragment, NoEnter).Array[0, 30].Select(parts => parts.SelectMany(part => part).ToArray());
        noEnter.Sample(bytes =>
        {
            if (!ContainsEnter(bytes))
            {
                Assert.DoesNotContain(key => key.Kind == KeyKind.Enter, new KeyParser().Parse(bytes));
            }
        });
    }

    [TestMethod]
    public void Typed_text_contains_no_control_character()
    {
        Anything.Sample(bytes => Assert.DoesNotContain(
            key => key.Kind == KeyKind.Text && key.Text.Any(character => character is < ' ' or '\x7F'), new KeyParser().Parse(bytes)));
    }

    /// <summary>The keys of that name as sequences, or what may be one.</summary>
    private static bool ContainsEnter(byte[] bytes)
    {
        string text = Encoding.Latin1.GetString(bytes);
        return Regex.IsMatch(text, "\eO[ -?]*M|\e\\[[0-9:;]*(u|~)");
    }
}
