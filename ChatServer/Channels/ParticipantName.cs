using System.Text;
using ThreadedChat.Common;
using ThreadedChat.Common.Unicode;

namespace ThreadedChat.ChatServer.Channels;

/// <summary>The rules for names (docs/protocol.md, section 4).</summary>
internal static class ParticipantName
{
    /// <summary>The longest name, in bytes of UTF-8, so that every frame has space for text after it.</summary>
    public const int MaxBytes = 64;

    /// <summary>Characters that a strict name may have besides letters, marks and digits.</summary>
    private const string StrictPunctuation = "_-.";

    /// <summary>Clients show the lines of their own user as <c>[Me]</c>: no other name may look like that.</summary>
    private const string Reserved = "Me";

    /// <summary>Reads the first frame of a client. False if its text is not a valid name.</summary>
    public static bool TryParse(ReadOnlySpan<byte> frame, out string name)
    {
        name = "";
        // Some clients in C pad with NUL.
        ReadOnlySpan<byte> text = Frame.Text(frame.TrimEnd((byte)0));

        // Looked for before cleaning: cleaning would turn a line break into a harmless space.
        if (text.ContainsAny("[]\n\r"u8))
        {
            return false;
        }

        ReadOnlySpan<byte> cleaned = Frame.Text(TextCleaner.Clean(text));
        if (cleaned.Length is 0 or > MaxBytes)
        {
            return false;
        }

        string parsed = Encoding.UTF8.GetString(cleaned);
        if (!IsShown([.. parsed.EnumerateRunes()]) || ReadsLikeSomethingElse(parsed))
        {
            return false;
        }

        name = parsed;
        return true;
    }

    /// <summary>The additional rules of <c>--strict-names</c>: letters and digits of one script, and no look-alike of a reserved name.</summary>
    public static bool IsStrict(string name) =>
        name.Any(char.IsLetterOrDigit)
        && LookAlike.IsOfOneScript(name, StrictPunctuation)
        && !LookAlike.Skeletons(name).Intersect(LookAlike.Skeletons(Reserved)).Any();

    /// <summary>
    /// A visible character, no blank at an end, and no invisible character except one that joins or varies a visible one. Nothing that one terminal
    /// shows and another does not: two names would look the same there.
    /// </summary>
    private static bool IsShown(Rune[] name)
    {
        bool isAnyVisible = false;
        for (int i = 0; i < name.Length; i++)
        {
            Rune before = i > 0 ? name[i - 1] : new Rune(' ');
            Rune after = i + 1 < name.Length ? name[i + 1] : new Rune(' ');
            bool mayStand = Characters.IsJoiner(name[i]) ? (IsBase(before) || Characters.IsVariationSelector(before)) && IsBase(after)
                : Characters.IsVariationSelector(name[i]) ? IsBase(before)
                : !Characters.IsIgnorable(name[i]) && !Characters.IsWithoutGlyph(name[i]);
            if (!mayStand)
            {
                return false;
            }

            isAnyVisible |= Characters.IsVisible(name[i]);
        }

        return isAnyVisible && !Characters.IsBlank(name[0]) && !Characters.IsBlank(name[^1]);
    }

    /// <summary>The base of a joiner or a variation selector: a character that is shown, alone or as a mark on another.</summary>
    private static bool IsBase(Rune rune) => !Characters.IsBlank(rune) && !Characters.IsIgnorable(rune);

    private static bool ReadsLikeSomethingElse(string name)
    {
        string words = string.Join(' ', Characters.Words(name, most: int.MaxValue)); // two blanks look like one
        return LookAlike.Key(words) == LookAlike.Key(Reserved) || HasReservedLook(words) || ServerLine.Resembles(words);
    }

    /// <summary>
    /// A name with characters beyond ASCII that looks like <see cref="Reserved"/>, or has what looks like a bracket. Names in ASCII do without the
    /// tables: of these only other cases of <see cref="Reserved"/> are rejected, not <c>rne</c>.
    /// </summary>
    private static bool HasReservedLook(string name)
    {
        if (Ascii.IsValid(name))
        {
            return false;
        }

        IReadOnlyCollection<string> looks = LookAlike.Skeletons(name);
        return looks.Intersect(LookAlike.Skeletons(Reserved)).Any() || looks.Any(look => look.AsSpan().ContainsAny('[', ']'));
    }
}
