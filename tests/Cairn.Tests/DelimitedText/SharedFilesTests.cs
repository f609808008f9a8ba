using Cairn.Adapters.DelimitedText;

namespace Cairn.Tests.DelimitedText;

/// <summary>Real files of other projects, kept outside the repository; the figures are those found when they were collected.</summary>
public sealed class SharedFilesTests
{
    [Theory]
    [InlineData("csv_always_quoted.csv", ",", "\"", 2, 24)]
    [InlineData("csv_unquoted.txt", ",", "\"", 3, 4)]
    [InlineData("iucn100.csv", ",", "\"", 99, 11)]
    [InlineData("iucn100.pipe.txt", "|", null, 99, 8)]
    [InlineData("iucn100.tab.txt", "\t", null, 99, 8)]
    [InlineData("null_data.txt", "\t", "\"", 5, 4)]
    [InlineData("MOBOTDarwinCore.csv", "\t", null, 3, 30)]
    [InlineData("event.txt", "\t", null, 9, 9)]
    [InlineData("dwca/DarwinCore.txt", "\t", null, 24, 12)]
    [InlineData("issues/csv-json-escaped-quotes/occurrence.csv", ",", "\"", 1, 71)]
    [InlineData("issues/csv-json-escaped-quotes/multimedia.csv", ",", "\"", 4, 7)]
    public void Every_row_is_read(string name, string separator, string? quote, int rows, int columns)
    {
        DelimitedFormat format = DelimitedFormat.Tsv with { Separator = separator, Quote = quote };
        DelimitedFile file = DelimitedFile.At(PathOf(name));
        IReadOnlyList<string> header = DelimitedReader.FirstRow(file, format, TestContext.Current.CancellationToken)!;
        Assert.Equal(columns, header.Count);
        Assert.DoesNotContain("\uFEFF", header[0], StringComparison.Ordinal);
        foreach (int block in (int[])[5, 700, 512 << 10])
        {
            Reading reading = Reading.Of([file], format with { BlockBytes = block }, columns, header);
            Assert.Equal((rows, 0), (reading.Rows.Count, reading.Refusals.Count));
        }
    }

    [Fact]
    public void Several_files_are_one_table_and_a_header_may_have_lines_before_it()
    {
        DelimitedFile[] parts = [.. ((string[])["taxa1.txt", "taxa2.txt", "taxa3.txt"]).Select(n => DelimitedFile.At(PathOf("multifile-psv/" + n)))];
        Assert.Equal(6, Reading.Of(parts, DelimitedFormat.Tsv with { Separator = "|" }, 3).Rows.Count);
        Assert.Equal(2, Reading.Of([DelimitedFile.At(PathOf("multiline-header/taxa.txt"))], DelimitedFormat.Tsv with { SkipLines = 5, Header = false }, 3).Rows.Count);
    }

    [Fact]
    public void JSON_in_a_quoted_value_stays_JSON()
    {
        Reading reading = Reading.Of([DelimitedFile.At(PathOf("issues/csv-json-escaped-quotes/occurrence.csv"))], DelimitedFormat.Csv, 71);
        using var json = System.Text.Json.JsonDocument.Parse(reading.Rows[0][2]);
        Assert.Equal("Very worn vertebra. Old catalogue says \"fragments of bone\".", json.RootElement.GetProperty("cataloguedescription").GetString());
    }

    private static string PathOf(string name)
    {
        string? shared = Environment.GetEnvironmentVariable("CAIRN_SHARED") ?? Beside();
        Assert.SkipWhen(shared is null, "CAIRN_SHARED is not set and there is no ../shared");
        return Path.Combine(shared!, "darwincore", "io", name);
    }

    private static string? Beside()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Cairn.slnx")))
            {
                string shared = Path.Combine(folder.Parent!.FullName, "shared");
                return Directory.Exists(shared) ? shared : null;
            }
        }

        return null;
    }
}
