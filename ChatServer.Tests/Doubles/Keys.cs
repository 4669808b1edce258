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
}
