using System.Diagnostics;
using Cairn.Adapters.Connectors.DarwinCore;
using Cairn.Core;

namespace Cairn.Tests.Connectors.DarwinCore;

/// <summary>Broken descriptors bring problems, never anything else, and never a long wait.</summary>
public sealed class DescriptorFuzzTests
{
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(Environment.GetEnvironmentVariable("CAIRN_LONG") == "1" ? 60 : 2);

    private static readonly string[] Pieces =
    [
        "<", ">", "/>", "\"", "'", "&", "&#x9;", "&#0;", "&lt;", "<!--", "-->", "<![CDATA[", "]]>", "<!DOCTYPE a [", "<!ENTITY x \"y\">", "&x;", "<?xml version=\"1.1\"?>", "<core>", "</core>",
        "<core/>", "<extension", "<table>", "<field term=\"\" index=\"-1\"/>", "<field index=\"99999999999\" term=\"x\"/>", "<id/>", "<coreid index=\"0\"/>", "location>", "ignoreHeaderLines=\"many\"",
        "encoding=\"UTF-7\"", "fieldsTerminatedBy=\"\"", "\0", "\uFEFF", "xmlns:a=\"b\"", "a:", "0", "-1", "\n", "\r", "é",
    ];

    [Fact]
    public void Descriptors_with_pieces_changed_are_read_or_refused()
    {
        var random = new Random(11);
        string[] seeds = [.. Directory.GetFiles(Path.Combine(Repository.Root, "tests", "data", "dwca"), "meta.xml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        Assert.True(seeds.Length > 30);
        byte[][] texts = [.. seeds.Select(File.ReadAllBytes)];
        long read = 0;
        long refused = 0;
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < Time)
        {
            var text = new List<byte>(texts[random.Next(texts.Length)]);
            for (int n = random.Next(1, 6); n > 0; n--)
            {
                int at = random.Next(text.Count);
                switch (random.Next(4))
                {
                    case 0:
                        text[at] = (byte)random.Next(256);
                        break;
                    case 1:
                        text.RemoveRange(at, Math.Min(random.Next(40), text.Count - at));
                        text.Add((byte)'\n');
                        break;
                    case 2:
                        text.InsertRange(at, System.Text.Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
                        break;
                    default:
                        text.InsertRange(at, text.GetRange(at, Math.Min(random.Next(200), text.Count - at)));
                        break;
                }
            }

            try
            {
                Descriptor descriptor = DescriptorReader.Read([.. text], "meta.xml");
                foreach (ArchiveTable table in descriptor.Tables)
                {
                    ColumnNames.Of(table, NameStyle.Short, "a.zip", []);
                    Assert.NotEmpty(table.Key);
                }

                read++;
            }
            catch (ProblemException e)
            {
                Assert.All(e.Problems, p => Assert.StartsWith("darwin-core/", p.Code));
                refused++;
            }
        }

        Assert.True(read > 100 && refused > 100, $"{read} read, {refused} refused");
    }

    [Fact]
    public void Deep_nesting_and_many_attributes_come_to_an_end()
    {
        string deep = string.Concat(Enumerable.Repeat("<core>", 100_000));
        Assert.Throws<ProblemException>(() => DescriptorReader.Read(System.Text.Encoding.UTF8.GetBytes(deep), "meta.xml"));
        string wide = "<archive><core rowType=\"x\">" + string.Concat(Enumerable.Range(0, 50_000).Select(i => $"<field index=\"{i}\" term=\"http://example.org/t{i % 100}\"/>")) + "</core></archive>";
        Descriptor read = DescriptorReader.Read(System.Text.Encoding.UTF8.GetBytes(wide), "meta.xml");
        Assert.Equal(50_000, ColumnNames.Of(read.Tables[0], NameStyle.Short, "a.zip", []).Select(c => c.Name).Distinct().Count());
    }
}
