using System.Text;
using System.Xml;
using System.Xml.Linq;
using ThreadedChat.ChatGrade.Results;
using ThreadedChat.ChatGrade.Scores;

namespace ThreadedChat.ChatGrade.Reports;

/// <summary>The class as a JUnit report: a test suite for each part of each submission. There are no times in it.</summary>
internal static class ClassJUnit
{
    public static string Format(ClassScore all)
    {
        var root = new XElement("testsuites", new XAttribute("name", Clean(all.Title)));
        foreach (SubmissionScore one in all.Submissions)
        {
            foreach (PartScore part in one.Parts)
            {
                root.Add(Suite(one, part, all));
            }
        }

        var text = new Utf8Writer();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n" }))
        {
            root.WriteTo(writer);
        }

        return $"{text}\n";
    }

    private static XElement Suite(SubmissionScore one, PartScore part, ClassScore all)
    {
        string name = $"{one.Name}/{part.Result.Part}";
        XElement[] tests = part.Cases.Count > 0 ? [.. part.Cases.Select(each => Test(name, each, all))] : [Whole(name, part, all)];
        return new XElement(
            "testsuite",
            new XAttribute("name", Clean(name)),
            new XAttribute("tests", tests.Length),
            new XAttribute("failures", tests.Count(test => test.Element("failure") is not null)),
            new XAttribute("errors", 0),
            new XAttribute("skipped", tests.Count(test => test.Element("skipped") is not null)),
            tests);
    }

    private static XElement Whole(string name, PartScore part, ClassScore all)
    {
        var message = new XAttribute("message", Clean($"{Names.OfState(part.Result.State).In(all.Language)}: {part.Result.Message}"));
        return new XElement(
            "testcase", new XAttribute("classname", Clean(name)), new XAttribute("name", part.Result.Part),
            part.Result.IsCertain ? new XElement("failure", new XAttribute("type", "required"), message) : new XElement("skipped", message));
    }

    private static XElement Test(string name, CaseScore each, ClassScore all)
    {
        CaseRow row = each.Case;
        var test = new XElement("testcase", new XAttribute("classname", Clean(name)), new XAttribute("name", Clean($"{row.Id} {row.Rule}")));
        if (row.Outcome == "passed")
        {
            return test;
        }

        var message = new XAttribute("message", Clean(row.Follows is null ? row.What ?? row.Reason ?? "" : Names.OfOutcome(row).In(all.Language)));
        test.Add(row.HasFailed && row.Level != "ours" && row.Follows is null
            ? new XElement("failure", new XAttribute("type", row.Level), message, Clean(PlainText.Of(row, all.Settings.Show, all.Language)))
            : new XElement("skipped", message));
        return test;
    }

    /// <summary>XML has no control characters.</summary>
    private static string Clean(string text) =>
        string.Concat(text.EnumerateRunes().Select(rune => rune.Value is '\n' or '\t' || (rune.Value >= ' ' && rune.Value is not (0xFFFE or 0xFFFF)) ? rune.ToString() : "?"));

    /// <summary>A writer of strings that names the encoding of the file.</summary>
    private sealed class Utf8Writer : StringWriter
    {
        public override Encoding Encoding => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
    }
}
