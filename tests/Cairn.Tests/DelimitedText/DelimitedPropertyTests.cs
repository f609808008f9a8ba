using Cairn.Adapters.DelimitedText;
using FsCheck;
using FsCheck.Fluent;

namespace Cairn.Tests.DelimitedText;

/// <summary>The engine against a naive reader, and against its own writer, over texts made of what is troublesome.</summary>
public sealed class DelimitedPropertyTests
{
    private static readonly string[] Separators = ["\t", ",", ";", "\u00a6", "||", "\u2192"];
    private static readonly string?[] Quotes = ["\"", "'", "\u00ab", null];
    private static readonly string?[] Escapes = [null, null, "\\", "\u00a7"];

    private sealed record Case(string Text, DelimitedFormat Format, int Columns);

    [Fact]
    public void Any_text_reads_as_the_naive_reader_reads_it_whatever_the_block_size()
    {
        Gen<Case> cases =
            from separator in Gen.Elements(Separators)
            from quote in Gen.Elements(Quotes)
            from escape in Gen.Elements(Escapes)
            from ragged in Gen.Elements(Ragged.Refuse, Ragged.Fill)
            from ends in Gen.Elements("\n", "\r\n", "\r", "\n\r\n\r")
            from columns in Gen.Choose(1, 4)
            from block in Gen.Frequency((4, Gen.Choose(1, 12)), (2, Gen.Choose(13, 200)), (1, Gen.Constant(1 << 16)))
            from longest in Gen.Frequency((3, Gen.Constant(64 << 20)), (1, Gen.Choose(3, 40)))
            from pieces in Gen.ListOf(Gen.Frequency(
                (6, Gen.Elements("a", "bc", "\u00e9", "\u65e5\u672c", "\ud83e\udea8", " ", "\0", "0123456789012345678901234567890123456789012345678901234567890123456789")),
                (6, Gen.Constant(separator)),
                (3, Gen.Constant(quote ?? "\"")),
                (1, Gen.Constant((quote ?? "\"") + separator + (quote ?? "\""))),
                (1, Gen.Constant(escape ?? "\\")),
                (3, Gen.Constant(ends)),
                (1, Gen.Constant(NaiveReader.Invalid.ToString())),
                (1, Gen.Elements("\n", "\r", "\r\n"))))
            select new Case(string.Concat(pieces), DelimitedFormat.Tsv with { Separator = separator, Quote = quote, Escape = escape, Ragged = ragged, Header = false, LongestRow = longest, BlockBytes = block }, columns);

        Prop.ForAll(Arb.From(cases, Shorter), c =>
        {
            NaiveReader expected = new NaiveReader(c.Text, c.Format, c.Columns).Run();
            Reading actual = Reading.Of(NaiveReader.BytesOf(c.Text), c.Format, c.Columns, c.Format.BlockBytes);
            Assert.Equal(expected.Rows, actual.Rows.Select((r, i) => (actual.Numbers[i], string.Join('\u2021', r))));
            Assert.Equal(expected.Refused, actual.Refusals.Select(r => (r.Row, r.Line, r.Code)));
            Assert.Equal(expected.Filled, actual.Report.Filled);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    private static IEnumerable<Case> Shorter(Case c)
    {
        for (int size = c.Text.Length / 2; size > 0; size /= 2)
        {
            for (int at = 0; at + size <= c.Text.Length; at += size)
            {
                yield return c with { Text = c.Text.Remove(at, size) };
            }
        }
    }
}
