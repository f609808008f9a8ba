using System.Text.Json;
using Cairn.Core.Provenance;
using Cairn.Terminal;

namespace Cairn.Runs;

/// <summary>Runs as <c>--json</c> gives them.</summary>
internal static class RunsJson
{
    /// <summary>Members of one run, as in a list.</summary>
    public static void Write(Utf8JsonWriter json, RunSummary run)
    {
        json.WriteString("id", run.Id);
        json.WriteString("run", run.Run);
        json.WriteString("kind", run.Kind);
        json.WriteString("name", run.Name);
        json.WriteString("state", RunWords.State(run.State));
        if (run.ExitCode is { } code)
        {
            json.WriteNumber("exit_code", code);
        }

        json.WriteString("opened", run.Opened.UtcDateTime);
        if (run.Closed is { } closed)
        {
            json.WriteString("closed", closed.UtcDateTime);
            json.WriteNumber("seconds", Math.Round((closed - run.Opened).TotalSeconds, 3));
        }

        json.WriteNumber("inputs", run.Inputs);
        json.WriteNumber("outputs", run.Outputs);
        json.WriteNumber("refused", run.RefusedRows);
        json.WriteNumber("findings", run.Findings);
    }

    /// <summary>Members of one run, whole.</summary>
    public static void Write(Utf8JsonWriter json, RunManifest run, string folder)
    {
        Write(json, RunSummary.Of(run));
        json.WriteString("sentence", RunWords.Sentence(run));
        json.WriteString("folder", folder);
        json.WriteString("flow_file", run.FlowFile);
        List(json, "settings", run.Settings, s =>
        {
            json.WriteString("name", s.Name);
            json.WriteString("value", s.Value);
            json.WriteString("origin", s.Origin);
        });
        if (run.Surroundings is { } where)
        {
            json.WriteStartObject("surroundings");
            json.WriteString("user", where.User);
            json.WriteString("host", where.Host);
            json.WriteString("operating_system", where.OperatingSystem);
            json.WriteString("runtime", where.Runtime);
            json.WriteString("cairn_version", where.CairnVersion);
            json.WriteNumber("process_id", where.ProcessId);
            Texts(json, "command_line", where.CommandLine);
            json.WriteString("working_folder", where.WorkingFolder);
            json.WriteStartObject("variables");
            foreach ((string name, string value) in where.Variables)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        if (run.Report is { } report)
        {
            json.WriteStartObject("report");
            ReportJson.Write(json, report);
            json.WriteEndObject();
        }

        List(json, "kept", run.Kept, k =>
        {
            json.WriteString("path", k.Path);
            json.WriteString("sha256", k.Sha256);
            json.WriteNumber("bytes", k.Bytes);
            json.WriteString("state", JsonNamingPolicy.SnakeCaseLower.ConvertName(k.State.ToString()));
        });
        List(json, "files", run.Files, f =>
        {
            json.WriteString("path", f.Path);
            json.WriteString("sha256", f.Sha256);
            json.WriteNumber("bytes", f.Bytes);
        });
        if (run.Follows is { } follows)
        {
            Head(json, "follows", follows);
        }
    }

    public static void Head(Utf8JsonWriter json, string name, JournalHead head)
    {
        json.WriteStartObject(name);
        json.WriteNumber("sequence", head.Sequence);
        json.WriteString("sha256", head.Sha256);
        json.WriteEndObject();
    }

    public static void List<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> members)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            json.WriteStartObject();
            members(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    public static void Difference(Utf8JsonWriter json, Difference difference)
    {
        json.WriteString("name", difference.Name);
        json.WriteString("a", difference.A);
        json.WriteString("b", difference.B);
    }

    public static void Version(Utf8JsonWriter json, string name, DataVersion? version)
    {
        if (version is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        ReportJson.WriteVersion(json, version);
        json.WriteEndObject();
    }
}
