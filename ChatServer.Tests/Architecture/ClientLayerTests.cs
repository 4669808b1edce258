using System.Text.RegularExpressions;
using ThreadedChat.ChatClient;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Architecture;

/// <summary>
/// The folders of the client are its layers, and a layer uses only layers below it. Compiled code shows every reference but those
/// to constants, which the compiler copies; for these the test also reads the using directives of the sources.
/// </summary>
[TestClass]
public sealed partial class ClientLayerTests
{
    private const string Root = "ThreadedChat.ChatClient";
    private const string Top = "Program";
    private const string Options = nameof(ClientOptions);
    private const string Codes = nameof(ExitCode);

    /// <summary>What each layer may use. A line names only layers of the lines above it.</summary>
    private static readonly (string Layer, string[] MayUse)[] Layers =
    [
        (Codes, []),
        ("Terminals", []),
        ("Connection", []),
        ("Configuration", []),
        ("Editing", ["Terminals"]),
        ("Display", ["Editing", "Terminals"]),
        ("Input", ["Display", "Editing", "Terminals"]),
        ("Decode", [Codes, "Terminals"]),
        ("Basic", [Codes, "Connection", "Display", "Terminals"]),
        (Options, ["Connection", "Display"]),
        ("Session", [Codes, Options, "Connection", "Input", "Display", "Editing"]),
        (Top, [Codes, Options, "Session", "Basic", "Decode", "Configuration", "Connection", "Input", "Display", "Editing", "Terminals"]),
    ];

    private static readonly Type[] Types = [.. typeof(ClientOptions).Assembly.GetTypes().Where(IsOfClient)];

    private static readonly Dictionary<string, Type> TypesByName = Types.ToDictionary(type => type.FullName!);

    [TestMethod]
    public void Each_layer_names_only_layers_above_it_in_the_list()
    {
        for (int i = 0; i < Layers.Length; i++)
        {
            Assert.IsEmpty(Layers[i].MayUse.Except(Layers.Take(i).Select(layer => layer.Layer)), Layers[i].Layer);
        }
    }

    [TestMethod]
    public void Each_type_of_the_client_uses_only_layers_below_its_own()
    {
        IEnumerable<string> wrong =
            from type in Types
            from used in MemberReferences.Of(type).Select(TypeNamed).OfType<Type>().Distinct()
            where !MayUse(LayerOf(type), LayerOf(used))
            select $"{type.FullName} uses {used.FullName}";

        Assert.AreEqual("", string.Join('\n', wrong));
    }

    [TestMethod]
    public void Each_source_of_the_client_imports_only_layers_below_its_own()
    {
        string folder = Path.Combine(Repository.Root, "ChatClient");
        IEnumerable<string> wrong =
            from layer in Layers.Select(layer => layer.Layer)
            let room = Path.Combine(folder, layer)
            where Directory.Exists(room)
            from file in Directory.EnumerateFiles(room, "*.cs", SearchOption.AllDirectories)
            from Match import in Import().Matches(File.ReadAllText(file))
            where !MayUse(layer, import.Groups[1].Value)
            select $"{file} imports {import.Groups[1].Value}";

        Assert.IsEmpty(wrong);
    }

    /// <summary>The tests above find references that exist.</summary>
    [TestMethod]
    [DataRow("Session", "Connection")]
    [DataRow("Session", Options)]
    [DataRow("Input", "Display")]
    [DataRow("Display", "Terminals")]
    [DataRow(Top, "Session")]
    public void A_reference_that_exists_is_found(string user, string used)
    {
        Assert.Contains(
            used,
            Types.Where(type => LayerOf(type) == user)
                .SelectMany(MemberReferences.Of)
                .Select(TypeNamed)
                .OfType<Type>()
                .Select(LayerOf));
    }

    private static bool MayUse(string layer, string used) =>
        layer == used || Layers.Single(row => row.Layer == layer).MayUse.Contains(used);

    private static bool IsOfClient(Type type) => type.Namespace == Root || type.Namespace?.StartsWith($"{Root}.", StringComparison.Ordinal) == true;

    /// <summary>The folder of a type; of the types in the root folder, those that others use are layers of their own.</summary>
    private static string LayerOf(Type type)
    {
        string outermost = Outermost(type).Name;
        return type.Namespace != Root ? type.Namespace![(Root.Length + 1)..]
            : outermost is Codes or Options ? outermost
            : Top;
    }

    private static Type Outermost(Type type) => type.DeclaringType is Type outer ? Outermost(outer) : type;

    /// <summary>The type of the client that a reference to a type or a member names; null for other programs' types.</summary>
    private static Type? TypeNamed(string reference)
    {
        for (int end = reference.IndexOf('.', StringComparison.Ordinal); end >= 0; end = reference.IndexOf('.', end + 1))
        {
            if (TypesByName.TryGetValue(reference[..end], out Type? declaring))
            {
                return declaring;
            }
        }

        return TypesByName.GetValueOrDefault(reference);
    }

    [GeneratedRegex(@"^using (?:static )?(?:\w+ = )?ThreadedChat\.ChatClient\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex Import();
}
