using System.Text;
using Cairn.Adapters.DelimitedText;
using Cairn.Core;

namespace Cairn.Tests.DelimitedText;

public sealed class UnquotedTextTests
{
    private static readonly DelimitedFormat Rows = DelimitedFormat.Tsv with { Header = false };

    [Theory]
    [InlineData("a\tb\n1\t2\n")]
    [InlineData("a\tb\n1\t2")]
    [InlineData("a\tb\r\n1\t2\r\n")]
    [InlineData("a\tb\r1\t2\r")]
    [InlineData("a\tb\r1\t2")]
    [InlineData("a\tb\n1\t2\r\n")]
    [InlineData("\uFEFFa\tb\n1\t2\n")]
    public void A_row_ends_with_LF_CRLF_or_CR_whatever_is_declared(string text)
    {
        foreach (int block in (int[])[1, 2, 3, 7, 64, 1 << 19])
        {
            Assert.Equal(["a|b", "1|2"], Reading.Of(text, Rows, 2, block).Lines);
        }
    }

    [Fact]
    public void Quotes_and_NUL_are_data()
    {
        Reading reading = Reading.Of("\"a\tb\"\n\0\t\"\"\n", Rows, 2);
        Assert.Equal(["\"a|b\"", "\0|\"\""], reading.Lines);
    }

    [Fact]
    public void A_ragged_row_is_refused_with_its_line_and_counts()
    {
        Reading reading = Reading.Of("h1\th2\nx\ty\nonly\n\na\tb\tc\nz\tz\n", DelimitedFormat.Tsv, 2);
        Assert.Equal(["x|y", "z|z"], reading.Lines);
        Assert.Equal([1L, 4L], reading.Numbers);
        Assert.Collection(reading.Refusals,
            r => Assert.Equal(("text", 3L, 2L, "delimited/ragged-row", "has 1 field, the header has 2", "only"), (r.File, r.Line, r.Row, r.Code, r.Reason, r.Text)),
            r => Assert.Equal((5L, 3L, "has 3 fields, the header has 2", "a\tb\tc"), (r.Line, r.Row, r.Reason, r.Text)));
        Problem blank = Assert.Single(reading.Report.Findings);
        Assert.Equal(("delimited/blank-lines", "text:4"), (blank.Code, blank.Place!.ToString()));
    }

    [Fact]
    public void Fill_makes_short_rows_whole_and_cuts_long_ones()
    {
        Reading reading = Reading.Of("a\tb\tc\nx\n1\t2\t3\t4\n", Rows with { Ragged = Ragged.Fill }, 3);
        Assert.Equal(["a|b|c", "x||", "1|2|3"], reading.Lines);
        Assert.Equal(1, reading.Report.Filled);
        Assert.Equal(["delimited/long-rows-cut", "delimited/short-rows-filled"], reading.Report.Findings.Select(f => f.Code));
    }

    [Fact]
    public void Bad_UTF8_refuses_its_row_only_and_says_where()
    {
        byte[] text = [.. "a\tb\nc\t"u8, 0xc3, .. "\nd\te\u00e9\n"u8];
        Reading reading = Reading.Of(text, Rows, 2);
        Assert.Equal(["a|b", "d|e\u00e9"], reading.Lines);
        Assert.Equal((2L, 2L, "delimited/invalid-utf8", "is not UTF-8 at byte 6 of the text (C3), byte 3 of the row", "c\t\uFFFD"),
            (reading.Refusals[0].Line, reading.Refusals[0].Row, reading.Refusals[0].Code, reading.Refusals[0].Reason, reading.Refusals[0].Text));
    }

    [Fact]
    public void In_a_table_of_one_column_an_empty_line_is_a_row()
    {
        Assert.Equal(["a", "", "b"], Reading.Of("a\n\nb\n", Rows, 1).Lines);
    }

    [Fact]
    public void A_row_of_ten_megabytes_is_read_and_one_longer_than_allowed_refused()
    {
        string large = new('x', 10 << 20);
        Reading reading = Reading.Of($"a\tb\n{large}\t1\nc\td\n", Rows, 2);
        Assert.Equal([1, 10 << 20, 1], reading.Rows.Select(r => r[0].Length));

        Reading refused = Reading.Of($"a\tb\n{large}\t1\nc\td\n", Rows with { LongestRow = 1 << 20 }, 2);
        Assert.Equal(["a|b", "c|d"], refused.Lines);
        Assert.Equal((2L, 2L, "delimited/row-too-long", 200), (refused.Refusals[0].Line, refused.Refusals[0].Row, refused.Refusals[0].Code, refused.Refusals[0].Text.Length));
    }

    [Fact]
    public void Headers_are_skipped_in_each_file_and_row_numbers_run_on()
    {
        DelimitedFile[] files = [.. ((string[])["note\nh\tk\n1\t2\n", "note\nh\tk\n3\t4\n"]).Select((t, i) => new DelimitedFile($"part{i}", () => new MemoryStream(Encoding.UTF8.GetBytes(t))))];
        Reading reading = Reading.Of(files, DelimitedFormat.Tsv with { SkipLines = 1 }, 2, ["h", "k"]);
        Assert.Equal(["1|2", "3|4"], reading.Lines);
        Assert.Equal([1L, 2L], reading.Numbers);

        ProblemException e = Assert.Throws<ProblemException>(() => Reading.Of(files, DelimitedFormat.Tsv with { SkipLines = 1 }, 2, ["h", "other"]));
        Assert.Equal("part0 does not have the columns of the first file: column 2 is `k`, not `other`", e.Problems[0].Message);
    }

    [Fact]
    public void An_empty_file_is_a_problem_and_a_header_alone_a_table_of_no_rows()
    {
        Assert.Equal("delimited/empty-file", Assert.Throws<ProblemException>(() => Reading.Of("", DelimitedFormat.Tsv, 2)).Problems[0].Code);
        Assert.Equal("delimited/empty-file", Assert.Throws<ProblemException>(() => Reading.Of("\uFEFF", DelimitedFormat.Tsv, 2)).Problems[0].Code);
        Assert.Empty(Reading.Of("a\tb\n", DelimitedFormat.Tsv, 2).Rows);
        Assert.Empty(Reading.Of("a\tb", DelimitedFormat.Tsv, 2).Rows);
    }
}
