using Cairn.Core;
using Cairn.Terminal;
using Xunit;

namespace Cairn.Tests.Terminal;

public class ProblemPrinterTests
{
    private static string Print(bool shortForm, params Problem[] problems)
    {
        using var to = new StringWriter { NewLine = "\n" };
        ProblemPrinter.Print(problems, to, Ink.Plain, shortForm, 100);
        return to.ToString();
    }

    private static Problem UnknownKey(int line = 11) => new(
        "flow/unknown-key", ProblemKind.Usage, "a REDCap source has no setting `filds`",
        new FilePlace("flows/share.flow.yaml", line, 5, "    filds: [record_id, age]", 5), "cairn connectors show redcap")
    {
        Hint = "did you mean `fields`?",
    };

    [Fact]
    public void A_place_in_a_file_is_shown_with_its_line_and_a_caret() => Assert.Equal(
        """
        error[flow/unknown-key]: a REDCap source has no setting `filds`
          --> flows/share.flow.yaml:11:5
           |
        11 |     filds: [record_id, age]
           |     ^^^^^ did you mean `fields`?
           = help: cairn connectors show redcap

        """,
        Print(false, UnknownKey()));

    [Fact]
    public void The_margin_grows_with_the_line_number() => Assert.Equal(
        """
        error[flow/unknown-key]: a REDCap source has no setting `filds`
            --> flows/share.flow.yaml:1234:5
             |
        1234 |     filds: [record_id, age]
             |     ^^^^^ did you mean `fields`?
             = help: cairn connectors show redcap

        """,
        Print(false, UnknownKey(1234)));

    [Fact]
    public void Details_stand_on_lines_of_their_own_and_a_row_is_a_place() => Assert.Equal(
        """
        error[delimited/short-row]: media has a row with 10 fields where 14 are named
          --> media, row 12 (data/media.tsv.gz:13)
          the row begins "1842\tStillImage"
          nothing was written
           = help: refused: list

        """,
        Print(false, new Problem(
            "delimited/short-row", ProblemKind.Refused, "media has a row with 10 fields where 14 are named",
            new RowPlace("media", 12, File: "data/media.tsv.gz", Line: 13), "refused: list")
        {
            Details = ["the row begins \"1842\tStillImage\"", "nothing was written"],
        }));

    [Fact]
    public void A_finding_is_a_warning_and_a_hint_without_a_line_is_still_said() => Assert.Equal(
        """
        warning[usage/unknown-command]: cairn has no command `rnu`
           = did you mean `run`?

        """,
        Print(false, new Problem("usage/unknown-command", ProblemKind.Finding, "cairn has no command `rnu`") { Hint = "did you mean `run`?" }));

    [Fact]
    public void The_short_form_is_one_line_each_with_the_place_first() => Assert.Equal(
        "flows/share.flow.yaml:11:5: error[flow/unknown-key]: a REDCap source has no setting `filds`; did you mean `fields`?\n",
        Print(true, UnknownKey()));

    [Fact]
    public void After_ten_in_full_the_rest_is_one_line_each()
    {
        string[] lines = Print(false, [.. Enumerable.Range(1, 12).Select(n => UnknownKey(n))]).Split('\n');
        Assert.Equal(10, lines.Count(l => l.StartsWith("error[", StringComparison.Ordinal)));
        Assert.Equal("flows/share.flow.yaml:12:5: error[flow/unknown-key]: a REDCap source has no setting `filds`; did you mean `fields`?", lines[^2]);
    }

    [Fact]
    public void Tabs_before_the_place_do_not_move_the_caret() => Assert.Equal(
        """
        error[flow/tab]: tabs cannot indent
          --> a.flow.yaml:3:2
           |
         3 |   filds: x
           |   ^^^^^
        """ + "\n",
        Print(false, new Problem("flow/tab", ProblemKind.Usage, "tabs cannot indent", new FilePlace("a.flow.yaml", 3, 2, "\tfilds: x", 5))));

    [Fact]
    public void A_long_line_is_cut_around_its_place()
    {
        string line = new string('a', 300) + "HERE" + new string('b', 300);
        string[] shown = Print(false, new Problem("x/y", ProblemKind.Usage, "x", new FilePlace("f", 1, 301, line, 4))).Split('\n');
        Assert.All(shown, l => Assert.True(l.Length <= 100, l));
        int at = shown[3].IndexOf("HERE", StringComparison.Ordinal);
        Assert.Equal("^^^^", shown[4].Substring(at, 4));
    }

    [Fact]
    public void Control_characters_of_data_never_reach_the_terminal()
    {
        string printed = Print(false, new Problem("x/y", ProblemKind.Refused, "cell \u001b[2J\u202e is odd", new FilePlace("f\u0007", 1, 1, "\u001b]0;title", 3)));
        Assert.DoesNotContain(printed, c => (char.IsControl(c) && c != '\n') || c == '\u202e');
        Assert.Contains("cell \\x1b[2J\\u202e is odd", printed, StringComparison.Ordinal);
    }

    [Fact]
    public void Colour_adds_nothing_but_colour()
    {
        using var colored = new StringWriter { NewLine = "\n" };
        ProblemPrinter.Print([UnknownKey()], colored, new Ink(true), false, 100);
        string text = colored.ToString();
        Assert.Contains("\u001b[1;31m", text, StringComparison.Ordinal);
        Assert.Equal(Print(false, UnknownKey()), System.Text.RegularExpressions.Regex.Replace(text, "\u001b\\[[0-9;]*m", ""));
    }
}
