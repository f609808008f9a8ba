using Cairn.Adapters.Yaml;
using Cairn.Core;
using Cairn.Core.Settings;

namespace Cairn.Tests.Yaml;

public sealed class YamlSettingsTests
{
    [Fact]
    public void Scalars_keep_their_text_and_say_whether_it_was_quoted()
    {
        MapSetting map = Map("a: 007\nb: '007'\nc: \"x\\ty\"\nd: yes\ne: ~\nf:\ng: ''\nh: 2018-05-31\ni: |\n  one\n  two\nj: >\n  one\n  two\n");
        Assert.Equal(
            [("007", false), ("007", true), ("x\ty", true), ("yes", false), ("~", false), ("", false), ("", true), ("2018-05-31", false), ("one\ntwo\n", true), ("one two\n", true)],
            map.Entries.Select(e => (((ScalarSetting)e.Value).Text, ((ScalarSetting)e.Value).Quoted)));
        Assert.Equal(["e", "f"], map.Entries.Where(e => e.Value is ScalarSetting { IsNull: true }).Select(e => e.Key));
    }

    [Fact]
    public void Places_point_at_the_text_itself()
    {
        MapSetting map = Map("key: value # note\n\"quoted key\": 'quoted value'\nlist: [a, bb]\nmap:\n  inner: |\n    first\n    second\n");
        Assert.Equal(("f.yaml:1:1", 3), At(map.Entries[0].KeyPlace));
        Assert.Equal(("f.yaml:1:6", 5), At(map.Entries[0].Value.Place));
        Assert.Equal("key: value # note", map.Entries[0].Value.Place.Text);
        Assert.Equal(("f.yaml:2:2", 10), At(map.Entries[1].KeyPlace));
        Assert.Equal(("f.yaml:2:16", 12), At(map.Entries[1].Value.Place));
        Assert.Equal(("f.yaml:3:7", 7), At(map.Entries[2].Value.Place));
        Assert.Equal(("f.yaml:3:11", 2), At(((ListSetting)map.Entries[2].Value).Items[1].Place));
        Assert.Equal(("f.yaml:5:3", 8), At(map.Entries[3].Value.Place));
        Assert.Equal(("f.yaml:6:5", 5), At(((MapSetting)map.Entries[3].Value).Entries[0].Value.Place));
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\r")]
    [InlineData("\n")]
    public void Lines_end_as_they_like(string end)
    {
        MapSetting map = Map($"a: 1{end}b: 2{end}");
        Assert.Equal(("f.yaml:2:4", 1), At(map.Entries[1].Value.Place));
        Assert.Equal("b: 2", map.Entries[1].Value.Place.Text);
    }

    [Fact]
    public void Json_reads_as_it_is_with_tabs_escapes_and_a_byte_order_mark()
    {
        MapSetting map = Map("\uFEFF{\n\t\"rows\": 15553,\n\t\"by\": {\"CC0\": 3, \"\\u00e9\\ud83c\\udf3f\\/\": 1},\n\t\"none\": null, \"list\": [true, -1.5e3]\n}\n");
        Assert.Equal("15553", ((ScalarSetting)map["rows"]!).Text);
        Assert.Equal(["CC0", "é🌿/"], ((MapSetting)map["by"]!).Entries.Select(e => e.Key));
        Assert.True(((ScalarSetting)map["none"]!).IsNull);
        Assert.Equal(["true", "-1.5e3"], ((ListSetting)map["list"]!).Items.Select(i => ((ScalarSetting)i).Text));
    }

    [Fact]
    public void A_part_of_a_scalar_has_a_place_of_its_own()
    {
        MapSetting map = Map("q: \"a ${b} c\"\nsql: |\n\n  SELECT *\n    FROM t\nfolded: >\n  a\n  b\nescaped: \"\\u0061bc\"\n");
        Assert.Equal(("f.yaml:1:7", 4), At(Scalar(map, "q").Within(2, 4)));
        ScalarSetting sql = Scalar(map, "sql");
        FilePlace from = sql.Within(sql.Text.IndexOf("FROM", StringComparison.Ordinal), 4);
        Assert.Equal(("f.yaml:5:5", 4, "    FROM t"), (from.ToString(), from.Length, from.Text));
        Assert.Equal(Scalar(map, "folded").Place, Scalar(map, "folded").Within(2, 1));
        Assert.Equal(Scalar(map, "escaped").Place, Scalar(map, "escaped").Within(1, 1));
    }

    [Fact]
    public void Aliases_cannot_multiply()
    {
        string bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + string.Concat(Enumerable.Range('b', 20).Select(c => $"{(char)c}: &{(char)c} [{string.Join(", ", Enumerable.Repeat($"*{(char)(c - 1)}", 9))}]\n"));
        SettingReading reading = YamlSettings.Read(bomb, "f.yaml");
        Assert.Equal(100, reading.Problems.Count);
        Assert.All(reading.Problems, p => Assert.Equal("settings/alias", p.Code));
        Assert.Null(reading.Root);
    }

    [Fact]
    public void A_merge_key_is_no_way_around_it() =>
        Assert.Equal(["settings/alias"], YamlSettings.Read("a: &a { x: 1 }\nb:\n  <<: *a\n", "f.yaml").Problems.Select(p => p.Code));

    [Fact]
    public void A_text_longer_than_a_megabyte_is_refused_unread()
    {
        SettingReading reading = YamlSettings.Read(new string('a', YamlSettings.LongestText + 1), "f.yaml");
        Assert.Equal("f.yaml: settings/too-long: f.yaml is longer than 1 MB, which no settings file needs", Assert.Single(reading.Problems).ToString());
    }

    [Theory]
    [InlineData("a: b: c")]
    [InlineData("a: [1, 2")]
    [InlineData("a: 'open")]
    [InlineData("{")]
    [InlineData("]")]
    [InlineData("a: |2x\n b")]
    [InlineData("%YAML 9.9\n---\na: 1")]
    [InlineData("? a\n: b\n? - c\n: d\n")]
    [InlineData("a: @b")]
    [InlineData("- a\nb: c")]
    public void What_breaks_the_rules_is_a_problem_with_a_place(string text)
    {
        Problem problem = YamlSettings.Read(text, "f.yaml").Problems[0];
        Assert.Contains(problem.Code, new[] { "settings/not-yaml", "settings/key" });
        Assert.True(((FilePlace)problem.Place!).Line > 0, problem.ToString());
        Assert.DoesNotContain("Exception", problem.Message, StringComparison.Ordinal);
        Assert.NotNull(problem.Help);
    }

    private static MapSetting Map(string text)
    {
        SettingReading reading = YamlSettings.Read(text, "f.yaml");
        Assert.Empty(reading.Problems);
        return (MapSetting)reading.Root!;
    }

    private static ScalarSetting Scalar(MapSetting map, string key) => (ScalarSetting)map[key]!;

    private static (string, int) At(FilePlace place) => (place.ToString(), place.Length);
}
