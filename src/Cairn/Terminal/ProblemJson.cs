using System.Text.Json;
using Cairn.Core;

namespace Cairn.Terminal;

/// <summary>Problems as <c>--json</c> gives them; the form is frozen (cairn help json).</summary>
internal static class ProblemJson
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<Problem> problems, string name = "problems")
    {
        json.WriteStartArray(name);
        foreach (Problem problem in problems)
        {
            json.WriteStartObject();
            json.WriteString("code", problem.Code);
            json.WriteString("kind", KindName(problem.Kind));
            json.WriteString("message", problem.Message);
            WritePlace(json, problem.Place);
            WriteList(json, "details", problem.Details);
            if (problem.Hint is not null)
            {
                json.WriteString("hint", problem.Hint);
            }

            if (problem.Help is not null)
            {
                json.WriteString("help", problem.Help);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static string KindName(ProblemKind kind) => kind switch
    {
        ProblemKind.Finding => "finding",
        ProblemKind.Usage => "usage",
        ProblemKind.Unreachable => "unreachable",
        ProblemKind.Refused => "refused",
        ProblemKind.Partial => "partial",
        ProblemKind.Fault => "fault",
        _ => "stopped",
    };

    private static void WritePlace(Utf8JsonWriter json, Place? place)
    {
        switch (place)
        {
            case FilePlace file:
                json.WriteStartObject("place");
                json.WriteString("file", file.File);
                WriteNumber(json, "line", file.Line);
                WriteNumber(json, "column", file.Column);
                json.WriteEndObject();
                break;
            case RowPlace row:
                json.WriteStartObject("place");
                json.WriteString("table", row.Table);
                WriteText(json, "key", row.Key);
                WriteText(json, "field", row.Field);
                WriteNumber(json, "row", row.Row);
                WriteText(json, "file", row.File);
                WriteNumber(json, "line", row.Line);
                json.WriteEndObject();
                break;
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, long value)
    {
        if (value > 0)
        {
            json.WriteNumber(name, value);
        }
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteList(Utf8JsonWriter json, string name, IReadOnlyList<string> items)
    {
        if (items.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (string item in items)
        {
            json.WriteStringValue(item);
        }

        json.WriteEndArray();
    }
}
