using System.Text.RegularExpressions;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Architecture;

/// <summary>A method that needs a held gate ends in <c>_NeedsGate</c>, and asserts first that the gate is held (CONTRIBUTING.md).</summary>
[TestClass]
public sealed partial class GateNameTests
{
    private static readonly string[] Programs = ["ChatServer", "ChatClient", "ChatCheck", "ChatGrade", "Common"];

    [TestMethod]
    public void Each_method_that_needs_a_held_gate_asserts_it_first()
    {
        Match[] methods =
        [
            .. from program in Programs
               from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, program), "*.cs", SearchOption.AllDirectories)
               from method in Method().Matches(File.ReadAllText(file).ReplaceLineEndings("\n"))
               select method,
        ];

        Assert.IsGreaterThan(20, methods.Length);
        Assert.IsEmpty(methods.Where(method => !method.Groups[2].Value.Contains("Assert", StringComparison.Ordinal)).Select(method => method.Groups[1].Value));
    }

    /// <summary>A method with a body in braces: its name, and the first line of its body.</summary>
    [GeneratedRegex(@"^    (?:private|protected|internal|public) .*?(\w+_NeedsGate)\(.*\)\n    \{\n(.*)$", RegexOptions.Multiline)]
    private static partial Regex Method();
}
