using System.Text;

namespace ThreadedChat.Common.Unicode;

/// <summary>Decides whether two texts look the same.</summary>
public static class LookAlike
{
    /// <summary>
    /// The key for comparing texts: NFC, case-folded, without invisible characters, with each blank as a space. Two texts with the same
    /// key look the same, except for the case of letters.
    /// </summary>
    public static string Key(string text) =>
        Ascii.IsValid(text) ? text.ToLowerInvariant() : Normalization.ToNfc(Normalization.FoldCase(Normalization.ToNfd(Shown(text))));

    /// <summary>
    /// The keys of a text by its look (UTS #39: the skeleton), for both orders of case folding and look, because <c>I</c> looks like
    /// <c>l</c> but <c>i</c> does not. Forms of a letter, such as those of full width, count as the letter. Two texts that share a key are confusable.
    /// </summary>
    public static IReadOnlyCollection<string> Skeletons(string text)
    {
        string plain = WithoutForms(text);
        // The first key is by look, by case and by look again: TOM looks like tom, and tom looks like torn.
        return new HashSet<string> { Skeleton(Key(Skeleton(plain))), Skeleton(Key(plain)) };
    }

    /// <summary>
    /// True if all characters can be of one script (UTS #39: single-script), each of them a letter, a mark or a digit that is
    /// recommended for identifiers, or one of <paramref name="others"/>.
    /// </summary>
    public static bool IsOfOneScript(string text, string others)
    {
        HashSet<string>? common = null; // null: any script
        foreach (Rune rune in Normalization.ToNfc(text).EnumerateRunes())
        {
            if (rune.IsAscii && others.Contains((char)rune.Value, StringComparison.Ordinal))
            {
                continue;
            }

            if (UnicodeTables.Instance.ScriptsOf(rune.Value) is not string[] scripts)
            {
                return false;
            }

            if (scripts is not ["Zyyy" or "Zinh"])
            {
                common ??= [.. WritingSystems(scripts)];
                common.IntersectWith(WritingSystems(scripts));
            }
        }

        return common is not { Count: 0 };
    }

    private static string WithoutForms(string text) =>
        Ascii.IsValid(text) ? text : Normalization.Map(Normalization.ToNfd(Shown(text)), UnicodeTables.Instance.Forms);

    private static string Skeleton(string text) =>
        Normalization.ToNfd(Normalization.Map(Normalization.ToNfd(Shown(text)), UnicodeTables.Instance.Prototypes));

    private static string Shown(string text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (Characters.IsBlank(rune))
            {
                shown.Append(' ');
            }
            else if (!Characters.IsIgnorable(rune))
            {
                shown.Append(rune.ToString());
            }
        }

        return shown.ToString();
    }

    /// <summary>Scripts, and the writing systems that mix them: Japanese, Korean, and Chinese with Bopomofo.</summary>
    private static IEnumerable<string> WritingSystems(string[] scripts) => scripts.Concat(scripts.SelectMany(script => script switch
    {
        "Hani" => ["Jpan", "Kore", "Hanb"],
        "Hira" or "Kana" => ["Jpan"],
        "Hang" => ["Kore"],
        "Bopo" => ["Hanb"],
        _ => (string[])[],
    }));
}
