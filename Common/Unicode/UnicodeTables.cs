using System.Globalization;
using System.Reflection;

namespace ThreadedChat.Common.Unicode;

/// <summary>
/// Properties of characters, from tables.txt in this folder. The programs run without ICU
/// (InvariantGlobalization), where .NET's own Normalize returns its input unchanged. Loaded at the first text that is not plain ASCII.
/// </summary>
internal sealed class UnicodeTables
{
    private static readonly Lazy<UnicodeTables> Loaded = new(() => new UnicodeTables());

    private readonly List<(int First, int Last, string[] Scripts)> _scripts = [];

    private UnicodeTables()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("tables.txt")!;
        using var reader = new StreamReader(stream);
        string section = "";
        while (reader.ReadLine() is string line)
        {
            if (line.StartsWith('@'))
            {
                section = line[1..line.IndexOf(' ', StringComparison.Ordinal)];
            }
            else if (!line.StartsWith('#'))
            {
                Add(section, line.Split(' '));
            }
        }
    }

    public static UnicodeTables Instance => Loaded.Value;

    /// <summary>One step of the canonical decomposition: one or two characters.</summary>
    public Dictionary<int, int[]> Decompositions { get; } = [];

    /// <summary>Pairs of characters that NFC composes.</summary>
    public Dictionary<(int First, int Second), int> Composites { get; } = [];

    /// <summary>Canonical combining classes; a character that is not in it has 0.</summary>
    public Dictionary<int, int> CombiningClasses { get; } = [];

    /// <summary>Full case folding; a character that is not in it folds to itself.</summary>
    public Dictionary<int, int[]> Folds { get; } = [];

    /// <summary>What a character is a form of, for example for a letter of full width, in a circle or in a mathematical style.</summary>
    public Dictionary<int, int[]> Forms { get; } = [];

    /// <summary>The look of a confusable character.</summary>
    public Dictionary<int, int[]> Prototypes { get; } = [];

    /// <summary>The scripts of a letter, mark or digit that is recommended for identifiers; null for every other character.</summary>
    public string[]? ScriptsOf(int character)
    {
        int index = _scripts.BinarySearch((character, int.MaxValue, []), Comparer<(int First, int, string[])>.Create((a, b) => a.First.CompareTo(b.First)));
        index = index >= 0 ? index : ~index - 1;
        return index >= 0 && character <= _scripts[index].Last ? _scripts[index].Scripts : null;
    }

    private void Add(string section, string[] fields)
    {
        switch (section)
        {
            case "decompose":
                Decompositions.Add(Code(fields[0]), [.. fields[1..].Select(Code)]);
                break;
            case "compose":
                for (int composite = Code(fields[0]); composite <= Code(fields[1]); composite++)
                {
                    int[] parts = Decompositions[composite];
                    Composites.Add((parts[0], parts[1]), composite);
                }

                break;
            case "class":
                for (int character = Code(fields[0]); character <= Code(fields[1]); character++)
                {
                    CombiningClasses.Add(character, int.Parse(fields[2], CultureInfo.InvariantCulture));
                }

                break;
            case "fold":
                Folds.Add(Code(fields[0]), [.. fields[1..].Select(Code)]);
                break;
            case "script":
                _scripts.Add((Code(fields[0]), Code(fields[1]), fields[2..]));
                break;
            case "form":
                AddEach(Forms, fields);
                break;
            case "prototype":
                AddEach(Prototypes, fields);
                break;
            default:
                throw new InvalidDataException($"No section {section} is known.");
        }
    }

    /// <summary>Adds a line of characters that share what they are mapped to; they share the array too.</summary>
    private static void AddEach(Dictionary<int, int[]> map, string[] fields)
    {
        int[] target = [.. fields[0].Split(',').Select(Code)];
        foreach (string character in fields.AsSpan(1))
        {
            map.Add(Code(character), target);
        }
    }

    private static int Code(string hex) => int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
