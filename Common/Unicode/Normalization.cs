using System.Text;

namespace ThreadedChat.Common.Unicode;

/// <summary>Unicode's normal forms NFC and NFD (UAX #15), full case folding, and the mapping of single characters that both need.</summary>
public static class Normalization
{
    private const char FirstThatComposes = '\u0300';

    // Hangul syllables are computed (The Unicode Standard, section 3.12).
    private const int SyllableBase = 0xAC00;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TailBase = 0x11A7;
    private const int LeadCount = 19;
    private const int VowelCount = 21;
    private const int TailCount = 28;
    private const int SyllableCount = LeadCount * VowelCount * TailCount;

    private static UnicodeTables Tables => UnicodeTables.Instance;

    /// <summary>The text in NFC: composed and decomposed spellings of a text become equal. Half a surrogate pair becomes U+FFFD.</summary>
    public static string ToNfc(string text)
    {
        if (text.AsSpan().ContainsAnyExceptInRange('\0', (char)(FirstThatComposes - 1)))
        {
            List<int> characters = Decompose(text);
            Compose(characters);
            return Text(characters);
        }

        return text;
    }

    /// <summary>The text in NFD.</summary>
    public static string ToNfd(string text) => Text(Decompose(text));

    /// <summary>The case-folded text: <c>Straße</c>, <c>STRASSE</c> and <c>strasse</c> become equal.</summary>
    public static string FoldCase(string text) =>
        Ascii.IsValid(text) ? text.ToLowerInvariant() : Map(text, Tables.Folds);

    /// <summary>The text with each character in <paramref name="map"/> replaced.</summary>
    internal static string Map(string text, Dictionary<int, int[]> map)
    {
        var mapped = new List<int>(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            mapped.AddRange(map.GetValueOrDefault(rune.Value, [rune.Value]));
        }

        return Text(mapped);
    }

    private static List<int> Decompose(string text)
    {
        var characters = new List<int>(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            Decompose(rune.Value, characters);
        }

        // Canonical order: each run of marks is sorted by class; the sort is stable.
        for (int i = 1; i < characters.Count; i++)
        {
            int mark = characters[i];
            int combining = ClassOf(mark);
            int at = i;
            for (; combining > 0 && at > 0 && ClassOf(characters[at - 1]) > combining; at--)
            {
                characters[at] = characters[at - 1];
            }

            characters[at] = mark;
        }

        return characters;
    }

    private static void Decompose(int character, List<int> characters)
    {
        int syllable = character - SyllableBase;
        if (syllable is >= 0 and < SyllableCount)
        {
            characters.Add(LeadBase + (syllable / (VowelCount * TailCount)));
            characters.Add(VowelBase + (syllable / TailCount % VowelCount));
            if (syllable % TailCount > 0)
            {
                characters.Add(TailBase + (syllable % TailCount));
            }
        }
        else if (Tables.Decompositions.TryGetValue(character, out int[]? parts))
        {
            Array.ForEach(parts, part => Decompose(part, characters));
        }
        else
        {
            characters.Add(character);
        }
    }

    private static void Compose(List<int> characters)
    {
        int starter = -1; // the index of the last character of class 0
        int lastClass = 0; // the class of the previous character that was not composed
        int end = 0;
        foreach (int character in characters.ToArray())
        {
            int combining = ClassOf(character);
            bool isBlocked = starter < 0 || (starter != end - 1 && lastClass >= combining);
            if (!isBlocked && Compose(characters[starter], character) is int composite)
            {
                characters[starter] = composite;
                continue;
            }

            if (combining == 0)
            {
                starter = end;
            }

            lastClass = combining;
            characters[end++] = character;
        }

        characters.RemoveRange(end, characters.Count - end);
    }

    private static int? Compose(int first, int second)
    {
        int lead = first - LeadBase;
        int vowel = second - VowelBase;
        if (lead is >= 0 and < LeadCount && vowel is >= 0 and < VowelCount)
        {
            return SyllableBase + (((lead * VowelCount) + vowel) * TailCount);
        }

        int syllable = first - SyllableBase;
        int tail = second - TailBase;
        if (syllable is >= 0 and < SyllableCount && syllable % TailCount == 0 && tail is > 0 and < TailCount)
        {
            return first + tail;
        }

        return Tables.Composites.TryGetValue((first, second), out int composite) ? composite : null;
    }

    private static int ClassOf(int character) => Tables.CombiningClasses.GetValueOrDefault(character);

    private static string Text(List<int> characters)
    {
        var text = new StringBuilder(characters.Count);
        characters.ForEach(character => text.Append(char.ConvertFromUtf32(character)));
        return text.ToString();
    }
}
