using System.Diagnostics;
using System.Text.Json;
using Cairn.Core.Provenance;
using Cairn.Tests.Stores;

namespace Cairn.Tests.Provenance;

public sealed class ProvDocumentTests
{
    private static readonly DataVersion Input = new("/data/media.tsv.gz", new string('a', 64), 12, DateTimeOffset.UnixEpoch, "text/tab-separated-values");
    private static readonly DataVersion Output = new("/data/out/result.tsv", new string('b', 64), 9);

    [Fact]
    public void Says_what_was_used_made_and_derived_and_by_whom()
    {
        using JsonDocument prov = JsonDocument.Parse(ProvDocument.Of(Sample()));

        Assert.Contains(("run:run", "sha256:" + Input.Sha256), Pairs(prov, "used", "prov:activity", "prov:entity"));
        Assert.Contains(("run:step/media", "sha256:" + Input.Sha256), Pairs(prov, "used", "prov:activity", "prov:entity"));
        Assert.Contains(("run:step/result", "run:table/once"), Pairs(prov, "used", "prov:activity", "prov:entity"));
        Assert.Contains(("sha256:" + Output.Sha256, "run:write/result"), Pairs(prov, "wasGeneratedBy", "prov:entity", "prov:activity"));
        Assert.Contains(("sha256:" + Output.Sha256, "run:table/result"), Pairs(prov, "wasDerivedFrom", "prov:generatedEntity", "prov:usedEntity"));
        Assert.Contains(("run:run", "run:flow"), Pairs(prov, "wasAssociatedWith", "prov:activity", "prov:plan"));
        Assert.Equal(["cairn:user/ada%40museum", "cairn:software/0.1.0"], prov.RootElement.GetProperty("agent").EnumerateObject().Select(a => a.Name));
    }

    [Fact]
    public void Names_every_thing_it_relates()
    {
        using JsonDocument prov = JsonDocument.Parse(ProvDocument.Of(Sample()));
        HashSet<string> named = [.. new[] { "entity", "activity", "agent" }.SelectMany(k => prov.RootElement.GetProperty(k).EnumerateObject().Select(p => p.Name))];

        IEnumerable<string> related = prov.RootElement.EnumerateObject().Where(k => k.Name is not ("prefix" or "entity" or "activity" or "agent"))
            .SelectMany(k => k.Value.EnumerateObject().SelectMany(r => r.Value.EnumerateObject())).Select(p => p.Value.GetString()!);
        Assert.All(related, r => Assert.Contains(r, named));
    }

    /// <summary>Debian's python3-prov reads the document into its own model and writes it as PROV-N.</summary>
    [Fact]
    public void Is_read_by_an_independent_parser()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, ProvDocument.Of(Sample()));
            const string script = """
                import sys
                from prov.model import ProvDocument, ProvActivity, ProvEntity, ProvAgent, ProvUsage, ProvDerivation, ProvAssociation
                d = ProvDocument.deserialize(sys.argv[1])
                assert not [r for r in d.flattened().get_records(ProvUsage) if not d.get_record(r.args[0]) or not d.get_record(r.args[1])]
                print(*[len(list(d.get_records(t))) for t in (ProvEntity, ProvActivity, ProvAgent, ProvUsage, ProvDerivation, ProvAssociation)])
                print(d.get_provn())
                """;
            using Process python = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", script, path]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            string said = python.StandardOutput.ReadToEnd(), complaint = python.StandardError.ReadToEnd();
            python.WaitForExit();

            Assert.True(python.ExitCode == 0, complaint);
            Assert.StartsWith("6 5 2 6 5 2\n", said, StringComparison.Ordinal);
            Assert.Contains("wasAssociatedWith(run:run, cairn:user/ada%40museum, run:flow)", said, StringComparison.Ordinal);
            Assert.Contains("prov:type='prov:Plan'", said, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static RunManifest Sample() => new("7f3a", "2026-11/21T10-04-00-share-7f3a", "flow", "share", RunState.Done, new DateTimeOffset(2026, 11, 21, 10, 4, 0, TimeSpan.Zero))
    {
        Closed = new DateTimeOffset(2026, 11, 21, 10, 4, 3, TimeSpan.Zero),
        FlowFile = "/data/share.flow.yaml",
        FlowCopy = "share.flow.yaml",
        Settings = [new SettingInForce("data", "/data", "--set"), new SettingInForce("out", "/data/out", "--set")],
        Surroundings = new Surroundings("ada", "museum", "Debian 12", ".NET 10", "0.1.0", 1, ["cairn"], "/data", new Dictionary<string, string>()),
        Report = SampleReport.Make(Input, Output),
    };

    private static IEnumerable<(string?, string?)> Pairs(JsonDocument prov, string relation, string left, string right) =>
        prov.RootElement.GetProperty(relation).EnumerateObject().Select(r => (r.Value.GetProperty(left).GetString(), r.Value.GetProperty(right).GetString()));
}
