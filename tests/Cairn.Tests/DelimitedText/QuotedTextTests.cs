using System.Text;
using Cairn.Adapters.DelimitedText;
using Cairn.Core;

namespace Cairn.Tests.DelimitedText;

public sealed class QuotedTextTests
{
    private static readonly DelimitedFormat Rows = DelimitedFormat.Csv with { Header = false };

    [Fact]
    public void Quoted_values_may_hold_separators_quotes_and_line_ends()
    {
        Reading reading = Reading.Of("\"a,b\",\"say \"\"hi\"\"\"\r\n\"two\nlines\",\"\"\nx,5\" wide\n", Rows, 2);
        Assert.Equal(["a,b|say \"hi\"", "two\nlines|", "x|5\" wide"], reading.Lines);
    }

    [Fact]
    public void Lines_are_counted_through_quoted_line_ends_skipped_lines_and_header()
    {
        Reading reading = Reading.Of("note\n\"head\ning\",k\n\"1\n2\n3\",x\nshort\n\"4\",y\nz\n", DelimitedFormat.Csv with { SkipLines = 1 }, 2);
        Assert.Equal(["1\n2\n3|x", "4|y"], reading.Lines);
        Assert.Equal([(7L, 2L), (9L, 4L)], reading.Refusals.Select(r => (r.Line, r.Row)));
    }

    [Fact]
    public void A_quote_that_is_not_closed_refuses_its_line_and_reading_goes_on()
    {
        Reading reading = Reading.Of("1,a\n2,\"b\n3,c\n4,\"d\"\n5,e\n", Rows, 2);
        Assert.Equal(["1|a", "3|c", "4|d", "5|e"], reading.Lines);
        Assert.Equal((2L, 2L, "delimited/unclosed-quote", "2,\"b"), (reading.Refusals[0].Line, reading.Refusals[0].Row, reading.Refusals[0].Code, reading.Refusals[0].Text));
        Assert.Equal([1L, 3L, 4L, 5L], reading.Numbers);
    }

    [Fact]
    public void A_quote_open_to_the_end_costs_one_row_and_no_more_memory_than_the_longest_row()
    {
        string rest = string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{i},x\n"));
        Reading reading = Reading.Of("0,\"open\n" + rest, Rows with { LongestRow = 100_000 }, 2, 4096);
        Assert.Equal(50_000, reading.Rows.Count);
        Assert.Equal((1L, "delimited/unclosed-quote"), (Assert.Single(reading.Refusals).Line, reading.Refusals[0].Code));
    }

    [Fact]
    public void A_quote_open_in_the_header_is_a_problem()
    {
        Problem problem = Assert.Throws<ProblemException>(() => Reading.Of("a,\"b\n1,2\n", DelimitedFormat.Csv, 2)).Problems[0];
        Assert.Equal(("delimited/unclosed-quote", "text:1"), (problem.Code, problem.Place!.ToString()));
    }

    [Fact]
    public void Text_after_a_closing_quote_leaves_the_value_as_written_and_is_told()
    {
        Reading reading = Reading.Of("\"Los Pinos\" ranch,1\n\"a,b\"c,2\n", Rows, 2);
        Assert.Equal(["\"Los Pinos\" ranch|1", "\"a,b\"c|2"], reading.Lines);
        Problem told = Assert.Single(reading.Report.Findings);
        Assert.Equal("table: 2 fields have text after the closing quote; taken as written, with the quotes", told.Message);
        Assert.Equal(["text:1", "text:2"], told.Details);
    }

    [Fact]
    public void An_escape_makes_what_follows_plain_and_is_data_elsewhere()
    {
        Reading reading = Reading.Of("a\\,b,\"c\\\"d\"\nback\\\\slash,\\N\n", Rows with { Escape = "\\" }, 2);
        Assert.Equal(["a,b|c\"d", "back\\slash|\\N"], reading.Lines);
    }

    [Fact]
    public void Blocks_with_and_without_quotes_alternate()
    {
        var text = new StringBuilder();
        for (int i = 0; i < 3000; i++)
        {
            text.Append(i / 300 % 2 == 0 ? $"{i},plain\n" : $"\"{i}\",\"quo,ted\"\n");
        }

        Reading reading = Reading.Of(text.ToString(), Rows, 2, 1000);
        Assert.Equal(Enumerable.Range(0, 3000).Select(i => i / 300 % 2 == 0 ? $"{i}|plain" : $"{i}|quo,ted"), reading.Lines);
        Assert.Equal(Enumerable.Range(1, 3000).Select(i => (long)i), reading.Numbers);
    }
}
