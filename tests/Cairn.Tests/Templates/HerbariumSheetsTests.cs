using System.IO.Compression;
using System.Text.Json;
using Cairn.Core;
using Cairn.Templates;
using Cairn.Templates.Herbarium;
using Cairn.Tests.Flows;
using Xunit;

namespace Cairn.Tests.Templates;

public sealed class HerbariumSheetsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cairn-template-").FullName;
    private readonly Template template = Template.All.Single(t => t.Name == "herbarium-sheets");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>
    /// The committed files are what the generator gives today. When the generator is changed on purpose: run the tests with CAIRN_WRITE_EXAMPLES=1, look
    /// at the difference, commit it.
    /// </summary>
    [Fact]
    public void The_examples_files_are_those_the_template_writes()
    {
        string example = Path.Combine(Repository.Root, "examples", template.Name);
        if (Environment.GetEnvironmentVariable("CAIRN_WRITE_EXAMPLES") == "1")
        {
            foreach (TemplateFile file in template.Files.Where(file => file.Path.StartsWith("data/", StringComparison.Ordinal)))
            {
                Directory.CreateDirectory(Path.Combine(example, "data"));
                using FileStream stream = File.Create(file.In(example));
                file.Write(stream);
            }
        }

        template.Write(folder);
        Assert.All(template.Files, file => Assert.True(Content(file.In(example)).AsSpan().SequenceEqual(Content(file.In(folder))), $"{file.Path} differs"));
        Assert.Equal(
            template.Files.Select(file => file.Path).Where(path => path.StartsWith("data/", StringComparison.Ordinal)).Order(),
            Directory.EnumerateFiles(Path.Combine(example, "data")).Select(path => "data/" + Path.GetFileName(path)).Order());
        Assert.InRange(template.Files.Sum(file => new FileInfo(file.In(example)).Length), 1, 400_000);
    }

    [Fact]
    public void A_template_never_replaces_a_file_that_is_there()
    {
        File.WriteAllText(Path.Combine(folder, "cairn.yaml"), "mine");
        Problem problem = Assert.Throws<ProblemException>(() => template.Write(folder)).Problems.Single();
        Assert.Equal("init/already-there", problem.Code);
        Assert.Equal(["cairn.yaml"], Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName));
        Assert.Equal("mine", File.ReadAllText(Path.Combine(folder, "cairn.yaml")));
    }

    /// <summary>What the example's README promises of the data, counted in the files' text, not by the generator.</summary>
    [Fact]
    public void The_data_holds_the_traps_the_readme_names()
    {
        template.Write(folder);
        string[] media = Lines("nmnh_multimedia_1_35.tsv.gz");
        string[][] rows = [.. media.Skip(1).Select(line => line.Split('\t'))];
        string[] header = media[0].Split('\t');
        int provider = Array.IndexOf(header, "providerLiteral"), description = Array.IndexOf(header, "description");

        Assert.All(rows, row => Assert.Equal(19, row.Length));
        Assert.Equal(2, header.Count(name => name == "rights"));
        Assert.Equal(["subjectCategoryVocabulary", "scientificName"], header.Where((_, i) => rows.All(row => row[i].Length == 0)));
        string[] copies = [.. media.Skip(1).GroupBy(line => line).Where(same => same.Count() > 1).Select(same => same.Key.Split('\t')[provider])];
        Assert.Equal(7, rows.Select(row => row[provider]).Distinct().Count());
        Assert.Equal(4, copies.Distinct().Count());
        Assert.True(media.Distinct().Count() * 2 < media.Length, "half of the rows are copies");
        Assert.Contains(rows, row => row[description].StartsWith('"') && row[description].Count(c => c == '"') == 1);
        Assert.Contains(rows, row => row[description].EndsWith("barcode ", StringComparison.Ordinal));
        Assert.Contains(rows, row => row[provider].EndsWith("Entomology", StringComparison.Ordinal) && row[description].Contains("barcode", StringComparison.Ordinal));

        string[][] specimens = [.. Lines("nmnh_occurrence_1_35.tsv.gz").Select(line => line.Split('\t'))];
        Assert.All(specimens, row => Assert.Equal(60, row.Length));
        Assert.Contains(specimens, row => row.Contains("Null"));
        Assert.Contains(specimens, row => row.Contains("NA"));
        Assert.Equal(specimens.Length, specimens.Select(row => row[0]).Distinct().Count());
        Assert.Equal(3, rows.Select(row => row[0]).Except(specimens.Select(row => row[0])).Count());
    }

    [Fact]
    public void Expected_figures_have_the_names_the_flow_gives()
    {
        template.Write(folder);
        using JsonDocument expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "data", "expected.json")));
        string flow = File.ReadAllText(Path.Combine(folder, "herbarium-sheets.flow.yaml"));
        Assert.Equal(FlowTexts.Good(flow).Figures.Select(figure => figure.Name), expected.RootElement.EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public void The_sequence_of_numbers_is_the_published_one()
    {
        // The first outputs of SplitMix64 from seed 1234567, as the algorithm's authors print them: 6457827717110365317, 3203168211198807973, 9817491932198370423.
        Draws draws = new(1234567);
        Assert.Equal([317, 973, 423], Enumerable.Range(0, 3).Select(_ => draws.Below(1000)));
    }

    private string[] Lines(string name) => System.Text.Encoding.UTF8.GetString(Content(Path.Combine(folder, "data", name))).TrimEnd('\n').Split('\n');

    private static byte[] Content(string path)
    {
        using FileStream file = File.OpenRead(path);
        using MemoryStream content = new();
        using Stream stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        stream.CopyTo(content);
        return content.ToArray();
    }
}
