using System.Text;
using Cairn.Adapters.DelimitedText;

namespace Cairn.Tests.DelimitedText;

public sealed class EncodingTests
{
    private const string Text = "name\tplace\nZo\u00eb\tK\u00f8benhavn\n\u20ac\tZ\u00fcrich\n";

    [Theory]
    [InlineData("windows-1252")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    [InlineData("iso-8859-15")]
    [InlineData("gb18030")]
    public void Text_of_any_encoding_becomes_UTF8(string name)
    {
        Encoding encoding = Encodings.Named(name)!;
        foreach (int block in (int[])[1, 3, 64, 1 << 16])
        {
            Reading reading = Reading.Of(encoding.GetBytes(Text), DelimitedFormat.Tsv with { Encoding = encoding }, 2, block);
            Assert.Equal(["Zo\u00eb|K\u00f8benhavn", "\u20ac|Z\u00fcrich"], reading.Lines);
        }
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public void A_byte_order_mark_wins_over_what_is_declared(string name)
    {
        Encoding encoding = Encodings.Named(name)!;
        Assert.Equal(["Zo\u00eb|K\u00f8benhavn", "\u20ac|Z\u00fcrich"], Reading.Of([.. encoding.GetPreamble(), .. encoding.GetBytes(Text)], DelimitedFormat.Tsv, 2).Lines);
    }

    [Fact]
    public void Pairs_of_surrogates_are_not_torn_by_the_pieces_they_are_read_in()
    {
        string text = "a" + string.Concat(Enumerable.Repeat("\ud83e\udea8", 40_000)) + "\n";
        Reading reading = Reading.Of(Encoding.Unicode.GetBytes(text), DelimitedFormat.Tsv with { Header = false, Encoding = Encoding.Unicode }, 1);
        Assert.Equal(text[..^1], reading.Rows[0][0]);
    }

    [Fact]
    public void What_cannot_be_decoded_refuses_its_row()
    {
        Encoding ascii = Encodings.Named("us-ascii")!;
        Reading reading = Reading.Of([.. "a\tb\nc\t"u8, 0xe9, .. "\ne\tf\n"u8], DelimitedFormat.Tsv with { Header = false, Encoding = ascii }, 2);
        Assert.Equal(["a|b", "e|f"], reading.Lines);
        Assert.Equal((2L, "delimited/undecodable", "is not us-ascii after character 2 of the row"), (reading.Refusals[0].Line, reading.Refusals[0].Code, reading.Refusals[0].Reason));

        byte[] lone = [.. Encoding.Unicode.GetBytes("a\tb\nc\t"), 0x00, 0xd8, .. Encoding.Unicode.GetBytes("\ne\tf\n")];
        Assert.Equal(["a|b", "e|f"], Reading.Of(lone, DelimitedFormat.Tsv with { Header = false, Encoding = Encoding.Unicode }, 2).Lines);
    }

    [Fact]
    public void A_separator_may_be_any_character()
    {
        Encoding latin = Encodings.Named("iso-8859-1")!;
        Assert.Equal(["a|b", "c|d"], Reading.Of(latin.GetBytes("a\u00a6b\nc\u00a6d\n"), DelimitedFormat.Tsv with { Header = false, Separator = "\u00a6", Encoding = latin }, 2).Lines);
    }
}
