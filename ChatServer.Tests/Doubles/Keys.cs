using System.Text;
using ThreadedChat.ChatClient.Editing;

namespace ThreadedChat.ChatServer.Tests.Doubles;

/// <summary>What tests do with keys.</summary>
internal static class Keys
{
    /// <summary>Text that was typed in one go, but read in parts, as one key again.</summary>
    public static Key[] JoinText(IEnumerable<Key> keys)
    {
        var joined = new List<Key>();
        foreach (Key key in keys)
        {
            if (key.Kind == KeyKind.Text && joined is [.., { Kind: KeyKind.Text } before])
            {
                joined[^1] = before with { Text = before.Text + key.Text };
            }
            else
            {
                joined.Add(key);
            }
        }

        return [.. joined];
    }

    public static IReadOnlyList<Key> Parse(KeyParser parser, string typed) => parser.Parse(Encoding.UTF8.GetBytes(typed));

    /// <summary>Each byte is read alone. Text is then put together again.</summary>
    public static Key[] ParseOneByOne(KeyParser parser, string typed) =>
        JoinText(Encoding.UTF8.GetBytes(typed).SelectMany(value => parser.Parse([value])));
}
