using System.Text;
using System.Xml;
using System.Xml.Linq;
using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Reports;

/// <summary>
/// The report in the form that build servers and graders read. A group is a test suite. A case that does not count (ours) is never
/// a failure: it is skipped, with the finding as its message. The report contains no times, so two runs write the same.
/// </summary>
internal static class JUnitReport
{
    public static string Format(IReadOnlyCollection<CaseResult> results, Language language)
    {
        var suites = new XElement("testsuites", new XAttribute("name", "check"), Counts(results));
        foreach (IGrouping<string, CaseResult> group in results.GroupBy(result => result.Group))
        {
            suites.Add(new XElement(
                "testsuite", new XAttribute("name", group.Key), Counts([.. group]), group.Select(result => Format(result, language))));
        }

        var text = new Utf8Writer();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n" }))
        {
            suites.WriteTo(writer);
        }

        return $"{text}\n";
    }

    private static XElement Format(CaseResult result, Language language)
    {
        var test = new XElement(
            "testcase", new XAttribute("classname", result.Group), new XAttribute("name", $"{result.Id} {result.Rule.In(language)}"));
        if (result.Outcome == CaseOutcome.Skipped)
        {
            test.Add(new XElement("skipped", new XAttribute("message", result.Reason?.In(language) ?? "")));
        }
        else if (result.Finding is Finding finding)
        {
            var message = new XAttribute("message", finding.What.In(language));
            test.Add(result.Level == Level.Ours
                ? new XElement("skipped", message)
                : new XElement("failure", new XAttribute("type", LevelNames.Key(result.Level)), message, Text(result, language)));
        }

        return test;
    }

    private static string Text(CaseResult result, Language language)
    {
        var text = new StringBuilder("\n");
        foreach ((string name, string value) in Details.Of(result, language))
        {
            text.Append(name).Append(": ").Append(value).Append('\n');
        }

        foreach (Transcript.Line line in result.Transcript.Lines)
        {
            text.Append("  ").Append(line.Shown.In(language)).Append('\n');
        }

        return text.ToString();
    }

    private static XAttribute[] Counts(IReadOnlyCollection<CaseResult> results)
    {
        int failures = results.Count(result => result.Outcome is CaseOutcome.Failed or CaseOutcome.NotAlways && result.Level != Level.Ours);
        int skipped = results.Count(result => result.Outcome != CaseOutcome.Passed) - failures;
        return
        [
            new XAttribute("tests", results.Count),
            new XAttribute("failures", failures),
            new XAttribute("errors", 0),
            new XAttribute("skipped", skipped),
        ];
    }

    /// <summary>A writer of strings that names the encoding of the file.</summary>
    private sealed class Utf8Writer : StringWriter
    {
        public override Encoding Encoding => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
    }
}
