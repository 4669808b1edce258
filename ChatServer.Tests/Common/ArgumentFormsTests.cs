using ThreadedChat.Common.Arguments;

namespace ThreadedChat.ChatServer.Tests.Common;

[TestClass]
public sealed class ArgumentFormsTests
{
    private static readonly ArgumentForms Forms = new(["--plain", "--help", "-h"], ["--theme", "--file"]);

    [TestMethod]
    [DataRow]
    [DataRow("--plain", "Panda", "localhost", "1")]
    [DataRow("--theme", "dark", "--file=x")]
    [DataRow("--theme:dark", "Panda")]
    [DataRow("--file", "-1", DisplayName = "a negative number")]
    [DataRow("--file", "-", DisplayName = "a dash alone")]
    [DataRow("--file=--plain", DisplayName = "a value that looks like an option, given as one")]
    [DataRow("--file==", DisplayName = "a value that is a separator")]
    [DataRow("--", "--plain=no", "[x]", DisplayName = "behind the end of the options")]
    [DataRow("Panda", "[x]", "a=b", "--other=1", DisplayName = "an error that the parser finds")]
    public void Right_forms_and_forms_that_the_parser_rejects_pass(params string[] args)
    {
        Assert.IsNull(Forms.FindWrong(args));
    }

    [TestMethod]
    [DataRow("--plain takes no value, so not '--plain=no'.", "--plain=no")]
    [DataRow("--plain takes no value, so not '--plain='.", "--plain=")]
    [DataRow("--plain takes no value, so not '--plain:true'.", "Panda", "--plain:true")]
    [DataRow("-h takes no value, so not '-h=x'.", "-h=x")]
    [DataRow("--theme needs a value.", "--theme=")]
    [DataRow("--theme needs a value.", "--theme:")]
    [DataRow("--theme needs a value.", "--theme", "")]
    [DataRow("--theme needs a value.", "Panda", "--theme")]
    [DataRow("--file needs a value; '--plain' looks like an option, so it would have to be --file=--plain.", "--file", "--plain")]
    [DataRow("--file needs a value; '--x' looks like an option, so it would have to be --file=--x.", "--file", "--x")]
    [DataRow("--file needs a value; '--' looks like an option, so it would have to be --file=--.", "--file", "--", "x")]
    [DataRow("--file needs a value; '-h' looks like an option, so it would have to be --file=-h.", "--file", "-h")]
    [DataRow("'[debug]' is no argument.", "[debug]", "1")]
    public void Wrong_forms_that_the_parser_would_accept_are_found(string wrong, params string[] args)
    {
        Assert.AreEqual(wrong, Forms.FindWrong(args));
    }

    [TestMethod]
    [DataRow("dark", "--theme", "dark")]
    [DataRow("dark", "--theme=dark")]
    [DataRow("dark", "Panda", "--theme:dark")]
    [DataRow("", "--theme=")]
    [DataRow(null, "--theme")]
    [DataRow(null, "--themes=dark")]
    [DataRow(null, "--", "--theme=dark")]
    public void The_value_of_an_option_is_found_in_every_form(string? value, params string[] args)
    {
        Assert.AreEqual(value, ArgumentForms.ValueOf("--theme", args));
    }

    [TestMethod]
    public void An_error_is_one_line_for_any_argument()
    {
        Assert.AreEqual("not 'a?b?[31m'.", ArgumentForms.OneLine("not 'a\nb\e[31m'."));
    }
}
