using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cairn.Core.Flows;

namespace Cairn.Core.Provenance;

/// <summary>
/// A run as W3C PROV in its JSON form (PROV-JSON, member submission of 24 April 2013; terms of PROV-DM): the run and each of its steps are
/// activities; files (named by their SHA-256), tables and the flow are entities; the user and Cairn are agents; the flow is the plan.
/// </summary>
/// <remarks>
/// A file's name in the document is <c>hash://sha256/...</c>, so that documents of several runs join where they speak of the same bytes.
/// </remarks>
public static class ProvDocument
{
    private static readonly JsonWriterOptions Form = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Of(RunManifest run)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Form))
        {
            json.WriteStartObject();
            json.WriteStartObject("prefix");
            json.WriteString("run", $"urn:cairn:run:{run.Folder}:");
            json.WriteString("cairn", "urn:cairn:terms:");
            json.WriteString("sha256", "hash://sha256/");
            json.WriteString("dcterms", "http://purl.org/dc/terms/");
            json.WriteString("foaf", "http://xmlns.com/foaf/0.1/");
            json.WriteEndObject();
            foreach (IGrouping<string, ProvRecord> kind in Records(run).GroupBy(r => r.Kind))
            {
                json.WriteStartObject(kind.Key);
                foreach (ProvRecord record in kind)
                {
                    record.Write(json);
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    private static IEnumerable<ProvRecord> Records(RunManifest run)
    {
        FlowReport report = run.Report ?? new FlowReport(run.Name);
        var relations = new ProvRelations();
        foreach (IGrouping<string, DataVersion> data in report.Inputs.Concat(report.Outputs).GroupBy(d => d.Sha256))
        {
            yield return Data([.. data]);
        }

        foreach (Account account in report.Accounts)
        {
            yield return new ProvRecord("entity", Table(account.Table)) { ["prov:label"] = account.Table, ["prov:type"] = ProvValue.Name("cairn:Table"), ["cairn:rows"] = ProvValue.Long(account.Out) };
        }

        yield return new ProvRecord("entity", "run:flow")
        {
            ["prov:label"] = run.Name,
            ["prov:type"] = ProvValue.Name("prov:Plan"),
            ["prov:atLocation"] = run.FlowFile,
            ["cairn:copy"] = run.FlowCopy,
        };
        yield return new ProvRecord("activity", "run:run")
        {
            ["prov:startTime"] = Time(run.Opened),
            ["prov:endTime"] = run.Closed is { } closed ? Time(closed) : null,
            ["prov:label"] = run.Name,
            ["prov:type"] = ProvValue.Name("cairn:Run"),
            ["cairn:state"] = run.State.ToString().ToLowerInvariant(),
            ["cairn:setting"] = run.Settings.Select(s => $"{s.Name}={s.Value}").ToList(),
        };
        foreach (ProvRecord step in Steps(report, relations))
        {
            yield return step;
        }

        foreach (DataVersion input in report.Inputs.DistinctBy(d => d.Sha256))
        {
            relations.Used("run:run", File(input));
        }

        foreach (DataVersion output in report.Outputs.DistinctBy(d => d.Sha256))
        {
            relations.Generated(File(output), "run:run");
        }

        foreach (ProvRecord agent in Agents(run, relations))
        {
            yield return agent;
        }

        foreach (ProvRecord relation in relations.All)
        {
            yield return relation;
        }
    }

    /// <summary>One activity for each table made and for each write.</summary>
    private static IEnumerable<ProvRecord> Steps(FlowReport report, ProvRelations relations)
    {
        ILookup<string, DataVersion> inputs = report.Inputs.ToLookup(d => d.Path);
        foreach (Account account in report.Accounts)
        {
            string step = "run:step/" + Uri.EscapeDataString(account.Table);
            yield return new ProvRecord("activity", step) { ["prov:label"] = account.Table, ["dcterms:isPartOf"] = ProvValue.Name("run:run"), ["cairn:rowsGone"] = account.Gone.Select(m => $"{m.Reason}: {m.Rows}").ToList() };
            relations.Generated(Table(account.Table), step);
            TableOrigin? origin = report.Origins.FirstOrDefault(o => o.Table == account.Table);
            IEnumerable<string> from = (origin?.Tables ?? []).Select(Table).Concat((origin?.Files ?? []).SelectMany(f => inputs[f]).Select(File)).Distinct();
            foreach (string used in from)
            {
                relations.Used(step, used);
                relations.Derived(Table(account.Table), used, step);
            }
        }

        foreach (PlannedWrite write in report.Writes)
        {
            List<DataVersion> written = [.. report.Outputs.Where(o => IsOf(o, write)).DistinctBy(o => o.Sha256)];
            if (written.Count == 0)
            {
                continue;
            }

            string step = "run:write/" + Uri.EscapeDataString(write.Name);
            yield return new ProvRecord("activity", step) { ["prov:label"] = "write " + write.Name, ["dcterms:isPartOf"] = ProvValue.Name("run:run"), ["cairn:connector"] = write.Connector };
            foreach (string table in write.Tables)
            {
                relations.Used(step, Table(table));
            }

            foreach (DataVersion output in written)
            {
                relations.Generated(File(output), step);
                foreach (string table in write.Tables)
                {
                    relations.Derived(File(output), Table(table), step);
                }
            }
        }
    }

    private static IEnumerable<ProvRecord> Agents(RunManifest run, ProvRelations relations)
    {
        if (run.Surroundings is not { } who)
        {
            yield break;
        }

        string user = "cairn:user/" + Uri.EscapeDataString($"{who.User}@{who.Host}"), software = "cairn:software/" + Uri.EscapeDataString(who.CairnVersion);
        yield return new ProvRecord("agent", user) { ["prov:type"] = ProvValue.Name("prov:Person"), ["foaf:accountName"] = who.User, ["cairn:host"] = who.Host };
        yield return new ProvRecord("agent", software)
        {
            ["prov:type"] = ProvValue.Name("prov:SoftwareAgent"),
            ["prov:label"] = "Cairn " + who.CairnVersion,
            ["cairn:runtime"] = who.Runtime,
            ["cairn:operatingSystem"] = who.OperatingSystem,
        };
        relations.Associated("run:run", user, "run:flow");
        relations.Associated("run:run", software, "run:flow");
        relations.OnBehalf(software, user, "run:run");
    }

    /// <summary>Files of one write: the path itself, or files inside it where it is a folder.</summary>
    private static bool IsOf(DataVersion output, PlannedWrite write) =>
        output.Path == write.Path || output.Path.StartsWith(write.Path.TrimEnd('/', '\\') + "/", StringComparison.Ordinal);

    private static ProvRecord Data(IReadOnlyList<DataVersion> same) => new("entity", File(same[0]))
    {
        ["prov:type"] = ProvValue.Name("cairn:File"),
        ["prov:label"] = same[0].Path[(same[0].Path.LastIndexOfAny(['/', '\\']) + 1)..],
        ["prov:atLocation"] = same.Select(d => d.Path).Distinct().ToList(),
        ["cairn:bytes"] = ProvValue.Long(same[0].Bytes),
        ["dcterms:modified"] = same[0].Modified is { } modified ? ProvValue.DateTime(Time(modified)) : null,
        ["dcterms:format"] = same[0].MediaType,
        ["cairn:release"] = same[0].Release,
    };

    private static string File(DataVersion data) => "sha256:" + data.Sha256;

    private static string Table(string name) => "run:table/" + Uri.EscapeDataString(name);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
