using Cairn.Adapters.FlowFiles;
using Cairn.Adapters.Yaml;
using Cairn.Core;
using Cairn.Core.Settings;
using Cairn.Tests.Flows;

namespace Cairn.Tests.FlowFiles;

public sealed class FlowFileTests : IDisposable
{
    private const string Text = "flow: share\nparameters: { data: { type: folder, default: d } }\nread: { a: { delimited: { path: \"${data}/a.tsv\" } } }\nwrite: { a: { to: { delimited: { path: o.tsv } } } }\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("cairn-flow-file").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("project/flows/share.flow.yaml")]
    [InlineData("project/flows")]
    [InlineData("share")]
    [InlineData("share.flow.yaml")]
    public void Is_found_by_path_by_folder_and_by_name(string named)
    {
        Put("project/flows/share.flow.yaml", Text);
        FlowFile file = Read(named, project: "project");
        Assert.Equal("", FlowTexts.Shown(file.Problems));
        Assert.Equal(In("project/flows/share.flow.yaml"), file.Path);
        Assert.Equal("project/flows/share.flow.yaml", file.Flow!.Place.File);
        Assert.Equal(In("project/flows/d/a.tsv"), ((ScalarSetting)file.Flow.Reads[0].Settings["path"]!).Text);
    }

    [Fact]
    public void A_name_is_looked_for_in_the_current_folder_before_the_project()
    {
        Put("share.flow.yaml", Text);
        Put("project/share.flow.yaml", Text);
        Assert.Equal(In("share.flow.yaml"), Read("share", project: "project").Path);
    }

    [Fact]
    public void Several_in_a_folder_are_named()
    {
        Put("flows/b.flow.yaml", Text);
        Put("flows/a.flow.json", Text);
        Put("flows/notes.yaml", "a: 1");
        Assert.Equal("""
            error[flow/several-found]: there are 2 flow files in flows
              --> flows
              a.flow.json
              b.flow.yaml
               = help: name one: flows/a.flow.json
            """, Shown(Read("flows")));
    }

    [Fact]
    public void None_in_a_folder_is_a_problem()
    {
        Directory.CreateDirectory(In("empty"));
        Assert.Equal("""
            error[flow/none-in-folder]: there is no flow file in empty
              --> empty
               = help: a flow file's name ends in .flow.yaml; name it, or begin with: cairn init
            """, Shown(Read("empty")));
    }

    [Fact]
    public void A_mistyped_name_is_answered_with_the_nearest()
    {
        Put("flows/share.flow.yaml", Text);
        Assert.Equal("""
            error[flow/not-found]: there is no flow file, folder or flow called shaer
              --> shaer
               = did you mean `share`?
               = help: the flows here are: share
            """, Shown(Read("shaer")));
        Assert.Equal("flow/not-found", Read("").Problems[0].Code);
        Assert.Equal("flow/not-found", Read("a\0b").Problems[0].Code);
        Assert.Equal("flow/not-found", Read("nowhere/x.flow.yaml").Problems[0].Code);
    }

    // Not even the superuser can read this one from its beginning.
    [Fact]
    public void A_file_that_cannot_be_read_is_a_problem() =>
        Assert.StartsWith("mem: settings/unreadable: mem cannot be read: ", SettingsFile.Read("/proc/self/mem", "mem")!.Problems[0].ToString(), StringComparison.Ordinal);

    [Fact]
    public void A_folder_is_no_settings_file() =>
        Assert.Equal("f: settings/unreadable: f is a folder", SettingsFile.Read(_folder, "f")!.Problems[0].ToString());

    [Fact]
    public void Bytes_that_are_not_utf8_are_a_problem_with_their_line()
    {
        File.WriteAllBytes(In("a.flow.yaml"), [.. "flow: a\nabout: Herbi"u8, 0xE8, (byte)'r', (byte)'\n']);
        Assert.Equal("""
            error[settings/not-utf8]: there are bytes here that are not UTF-8 text
              --> a.flow.yaml:2
               = help: save the file as UTF-8
            """, Shown(Read("a.flow.yaml")));
    }

    [Fact]
    public void More_than_a_megabyte_is_not_read()
    {
        Put("a.flow.yaml", Text + new string('#', YamlSettings.LongestText));
        Assert.Equal("""
            error[settings/too-long]: a.flow.yaml is longer than 1 MB, which no settings file needs
              --> a.flow.yaml
               = help: give the file that was meant
            """, Shown(Read("a.flow.yaml")));
    }

    [Fact]
    public void Figures_without_a_place_in_the_flow_are_one_finding()
    {
        Put("a.flow.yaml", Text + "figures: { rows: { of: a, rows: true } }\nexpect: { from: \"${data}/expected.json\", optional: true, on_difference: warn }\n");
        Assert.Null(Read("a.flow.yaml").Flow!.Expected);
        Put("d/expected.json", "{ \"rows\": 3,\n  \"more\": 4, \"other\": { \"x\": 1 } }");
        FlowFile file = Read("a.flow.yaml");
        Assert.Equal($$"""
            warning[flow/no-such-figure]: {{In("d/expected.json")}} names 2 that the flow has no figure for; they are not compared
              --> d/expected.json:2:4
               |
             2 |   "more": 4, "other": { "x": 1 } }
               |    ^^^^
              more, other
               = help: add figures of these names, or leave it
            """, Shown(file));
        Assert.Equal((false, "3"), (file.Flow!.Expected!.Stops, ((ScalarSetting)file.Flow.Expected.Values["rows"]!).Text));
    }

    [Fact]
    public void Other_flows_come_first_each_once_with_the_values_they_declare()
    {
        Put("all.flow.yaml", "flow: all\nflows: [parts/second.flow.yaml, parts/first.flow.yaml]\n");
        Put("parts/second.flow.yaml", Text + "flows: [first.flow.yaml]\n");
        Put("parts/first.flow.yaml", Text.Replace("data", "other", StringComparison.Ordinal));
        IReadOnlyList<FlowFile> files = ReadAll("all", ("data", "x"), ("other", "y"));
        Assert.Equal(["parts/first.flow.yaml", "parts/second.flow.yaml", "all.flow.yaml"], files.Select(f => Path.GetRelativePath(_folder, f.Path!)));
        Assert.Equal("", string.Concat(files.Select(f => FlowTexts.Shown(f.Problems))));
        Assert.Equal([In("y/a.tsv"), In("x/a.tsv")], files.SkipLast(1).Select(f => ((ScalarSetting)f.Flow!.Reads[0].Settings["path"]!).Text));
        Assert.Equal("""
            error[flow/unknown-parameter]: this flow has no parameter `dtaa`
              --> --set dtaa
               = did you mean `data`?
               = help: it has: data, other
            """, FlowTexts.Shown(ReadAll("all", ("dtaa", "x"))[^1].Problems));
    }

    [Fact]
    public void A_ring_of_flows_is_a_problem()
    {
        Put("a.flow.yaml", Text + "flows: [b.flow.yaml]\n");
        Put("b.flow.yaml", Text + "flows: [a.flow.yaml, gone.flow.yaml]\n");
        IReadOnlyList<FlowFile> files = ReadAll("a");
        Assert.Equal(["gone.flow.yaml", "b.flow.yaml", "a.flow.yaml"], files.Select(f => Path.GetFileName(f.Path)));
        Assert.Equal(["flow/not-found", "flow/flows-cycle"], files.SelectMany(f => f.Problems).Select(p => p.Code));
        Assert.Equal("these flows wait for each other: a.flow.yaml -> b.flow.yaml -> a.flow.yaml", files[1].Problems[0].Message);
        Assert.Null(files[1].Flow);
    }

    private string In(string path) => Path.Combine(_folder, path);

    private void Put(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(In(path))!);
        File.WriteAllText(In(path), text);
    }

    private FlowFile Read(string named, string? project = null) => FlowFile.Read(named, _folder, project is null ? null : In(project), []);

    private IReadOnlyList<FlowFile> ReadAll(string named, params (string Name, string Value)[] set) =>
        Adapters.FlowFiles.FlowFiles.Read(named, _folder, null, [.. set.Select(s => KeyValuePair.Create(s.Name, s.Value))]);

    private static string Shown(FlowFile file) => FlowTexts.Shown(file.Problems);
}
