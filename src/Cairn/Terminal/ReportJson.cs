using System.Text.Json;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Provenance;

namespace Cairn.Terminal;

/// <summary>A flow's report as <c>--json</c> gives it; the form is frozen (cairn help json).</summary>
internal static class ReportJson
{
    /// <summary>Writes the members of one report into an object already begun.</summary>
    public static void Write(Utf8JsonWriter json, FlowReport report)
    {
        json.WriteString("flow", report.Flow);
        json.WriteBoolean("balanced", report.Balanced);
        json.WriteStartObject("figures");
        foreach (FigureValue figure in report.Figures)
        {
            json.WritePropertyName(figure.Name);
            WriteValue(json, figure.Value);
        }

        json.WriteEndObject();
        List(json, "differences", report.Figures.Where(f => f.Met == false), (j, f) =>
        {
            j.WriteString("figure", f.Name);
            j.WritePropertyName("value");
            WriteValue(j, f.Value);
            j.WritePropertyName("expected");
            WriteValue(j, f.Expected);
        });
        List(json, "accounts", report.Accounts, WriteAccount);
        List(json, "checks", report.Checks, WriteCheck);
        ProblemJson.Write(json, report.Findings, "findings");
        List(json, "writes", report.Writes, WriteWrite);
        List(json, "inputs", report.Inputs, WriteVersion);
        List(json, "outputs", report.Outputs, WriteVersion);
        json.WriteNumber("refused", report.RefusedRows);
        List(json, "times", report.Times, (j, t) =>
        {
            j.WriteString("stage", t.Stage);
            j.WriteNumber("seconds", Math.Round(t.Seconds, 3));
            j.WriteNumber("cpu_seconds", Math.Round(t.CpuSeconds, 3));
        });
        json.WriteNumber("seconds", Math.Round(report.Seconds, 3));
    }

    /// <summary>A figure's value in JSON's own terms.</summary>
    public static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case double number:
                json.WriteNumberValue(number);
                break;
            case decimal number:
                json.WriteNumberValue(number);
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case IReadOnlyDictionary<string, long> counts:
                json.WriteStartObject();
                foreach (KeyValuePair<string, long> count in counts)
                {
                    json.WriteNumber(count.Key, count.Value);
                }

                json.WriteEndObject();
                break;
            case IReadOnlyDictionary<string, string?> row:
                json.WriteStartObject();
                foreach (KeyValuePair<string, string?> cell in row)
                {
                    json.WriteString(cell.Key, cell.Value);
                }

                json.WriteEndObject();
                break;
            case IReadOnlyDictionary<string, object?> map:
                json.WriteStartObject();
                foreach (KeyValuePair<string, object?> entry in map)
                {
                    json.WritePropertyName(entry.Key);
                    WriteValue(json, entry.Value);
                }

                json.WriteEndObject();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case System.Collections.IEnumerable items:
                json.WriteStartArray();
                foreach (object? item in items)
                {
                    WriteValue(json, item);
                }

                json.WriteEndArray();
                break;
            default:
                json.WriteStringValue(value.ToString());
                break;
        }
    }

    public static void WriteVersion(Utf8JsonWriter json, DataVersion version)
    {
        json.WriteString("path", version.Path);
        json.WriteString("sha256", version.Sha256);
        json.WriteNumber("bytes", version.Bytes);
        if (version.Modified is { } modified)
        {
            json.WriteString("modified", modified.UtcDateTime);
        }

        if (version.MediaType is not null)
        {
            json.WriteString("media_type", version.MediaType);
        }

        if (version.Release is not null)
        {
            json.WriteString("release", version.Release);
        }

        if (version.ChangedWhileRead)
        {
            json.WriteBoolean("changed_while_read", true);
        }
    }

    private static void WriteAccount(Utf8JsonWriter json, Account account)
    {
        json.WriteString("table", account.Table);
        Movements(json, "in", account.In);
        Movements(json, "added", account.Added);
        Movements(json, "gone", account.Gone);
        json.WriteNumber("out", account.Out);
        json.WriteBoolean("balances", account.Balances);
        Movements(json, "beside", account.Beside);
        json.WriteBoolean("opaque", account.Opaque);
        json.WriteBoolean("fused", account.Fused);
        json.WriteBoolean("counted_only", account.CountedOnly);
        json.WriteNumber("seconds", Math.Round(account.Seconds, 3));
    }

    private static void Movements(Utf8JsonWriter json, string name, IReadOnlyList<Movement> movements) => List(json, name, movements, (j, m) =>
    {
        j.WriteString("reason", m.Reason);
        j.WriteNumber("rows", m.Rows);
    });

    private static void WriteCheck(Utf8JsonWriter json, CheckResult check)
    {
        json.WriteString("table", check.Table);
        json.WriteString("check", check.Text);
        json.WriteBoolean("stops", check.Stops);
        json.WriteBoolean("holds", check.Holds);
        json.WriteNumber("met", check.Met);
        json.WriteNumber("of", check.Of);
        json.WriteString("place", check.Place.ToString());
    }

    private static void WriteWrite(Utf8JsonWriter json, PlannedWrite write)
    {
        json.WriteString("name", write.Name);
        json.WriteString("connector", write.Connector);
        json.WriteString("path", write.Path);
        json.WriteNumber("rows", write.Rows);
        json.WriteStartArray("columns");
        foreach (string column in write.Columns)
        {
            json.WriteStringValue(column);
        }

        json.WriteEndArray();
        json.WritePropertyName("preview");
        WriteValue(json, write.Preview);
        json.WritePropertyName("replaces");
        if (write.Replaces is null)
        {
            json.WriteNullValue();
        }
        else
        {
            json.WriteStartObject();
            WriteVersion(json, write.Replaces);
            json.WriteEndObject();
        }
    }

    private static void List<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> members)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            json.WriteStartObject();
            members(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
