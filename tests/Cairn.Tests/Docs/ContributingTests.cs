using System.Text;
using System.Text.RegularExpressions;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Settings;

namespace Cairn.Tests.Docs;

/// <summary>The connector that CONTRIBUTING.md adds in six steps is the one here, and works.</summary>
public sealed partial class ContributingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cairn-lines-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Each_line_is_a_row_and_what_is_no_text_is_refused()
    {
        File.WriteAllBytes(Path.Combine(_folder, "notes.txt"), [.. "first\n\nthird, \"as written\"\n"u8, .. (byte[])[0xff, (byte)'\n'], .. "last"u8]);
        var place = new FilePlace("notes.flow.yaml", 1, 1);
        var settings = new MapSetting([new SettingEntry("path", place, new ScalarSetting("notes.txt", false, place))], place);
        using ISource source = new LinesConnector().OpenSource(new SourceRequest("notes", settings, _folder, _folder, _folder, null, place));
        var watch = new Watch();
        var lines = new List<string>();

        SourceReport report = source.Read(
            batch =>
            {
                for (int row = 0; row < batch.Rows; row++)
                {
                    lines.Add($"{batch.Numbers[row]} {Encoding.UTF8.GetString(batch.Field(row, 0))}");
                }
            },
            watch, TestContext.Current.CancellationToken);

        Assert.Equal("line", Assert.Single(source.Layout(TestContext.Current.CancellationToken).Columns).Name);
        Assert.Equal(["1 first", "2 ", "3 third, \"as written\"", "5 last"], lines);
        RefusedRow refused = Assert.Single(watch.Rows);
        Assert.Equal((4, "delimited/invalid-utf8"), (refused.Line, refused.Code));
        Assert.Equal((5, 1), (report.Records, report.Refused));
    }

    [Fact]
    public void The_code_that_is_shown_is_the_code_that_is_tested()
    {
        string shown = Flat(File.ReadAllText(Path.Combine(Repository.Root, "tests/Cairn.Tests/Docs/LinesConnector.cs")));
        MatchCollection blocks = Code().Matches(File.ReadAllText(Path.Combine(Repository.Root, "CONTRIBUTING.md")));
        Assert.NotEmpty(blocks);
        Assert.All(blocks, b => Assert.Contains(Flat(b.Groups[1].Value), shown, StringComparison.Ordinal));
    }

    private static string Flat(string text) => string.Concat(text.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0).Select(l => l + "\n"));

    private sealed class Watch : IReadWatch
    {
        public List<RefusedRow> Rows { get; } = [];

        public void Refused(RefusedRow row) => Rows.Add(row);

        public void Progress(long bytesDone, long? bytesTotal)
        {
        }
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Code();
}
