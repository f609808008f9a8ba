using System.Text;
using System.Text.Json;
using Cairn.Adapters.Files;
using Cairn.Adapters.Stores;
using Cairn.Core;
using Cairn.Core.Flows;

namespace Cairn.Running;

/// <summary>A plan as a file: the flow as it was, the values it was given, and what it would write. Carried out later, and only if nothing moved.</summary>
internal sealed record SavedPlan(string FlowFile, string FlowText, IReadOnlyList<KeyValuePair<string, string>> Set, IReadOnlyList<string>? Only, FlowReport Report)
{
    private const int Format = 1;

    public void Save(string path)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteNumber("cairn_plan", Format);
            json.WriteString("flow_file", FlowFile);
            json.WriteString("flow_text", FlowText);
            json.WriteStartArray("set");
            foreach (KeyValuePair<string, string> value in Set)
            {
                json.WriteStringValue($"{value.Key}={value.Value}");
            }

            json.WriteEndArray();
            if (Only is not null)
            {
                json.WriteStartArray("only");
                foreach (string table in Only)
                {
                    json.WriteStringValue(table);
                }

                json.WriteEndArray();
            }

            json.WritePropertyName("report");
            json.WriteRawValue(RunJson.Bytes(Report));
            json.WriteEndObject();
        }

        try
        {
            File.WriteAllText(path, Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length) + "\n");
        }
        catch (Exception cause) when (FileProblems.Is(cause))
        {
            throw new ProblemException(FileProblems.Writing(path, cause), cause);
        }
    }

    /// <summary>The wish to carry this plan out. The person has seen what it writes, so nothing is asked again.</summary>
    public RunWish Carry(RunWish wish) =>
        wish.Set.Count == 0 && wish.Only is null
            ? wish with { Named = FlowFile, Set = Set, Only = Only, Yes = true, Plan = Report, PlannedText = FlowText }
            : throw new ProblemException(new Problem("plan/has-its-values", ProblemKind.Usage, "a saved plan has its values already; --set and --only cannot change them", Help: $"cairn run {FlowFile} --set ..."));

    /// <summary>Null when the file is something else, such as a flow file.</summary>
    /// <param name="shown">The file as the user named it.</param>
    public static SavedPlan? Read(string path, string shown)
    {
        if (!path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".flow.json", StringComparison.OrdinalIgnoreCase) || !File.Exists(path))
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement plan = document.RootElement;
            return plan.TryGetProperty("cairn_plan", out JsonElement format) && format.GetInt32() == Format
                ? new SavedPlan(
                    plan.GetProperty("flow_file").GetString()!,
                    plan.GetProperty("flow_text").GetString()!,
                    [.. plan.GetProperty("set").EnumerateArray().Select(s => s.GetString()!.Split('=', 2)).Select(s => KeyValuePair.Create(s[0], s[1]))],
                    plan.TryGetProperty("only", out JsonElement only) ? [.. only.EnumerateArray().Select(t => t.GetString()!)] : null,
                    RunJson.ReadReport(Encoding.UTF8.GetBytes(plan.GetProperty("report").GetRawText())))
                : throw NotAPlan(shown, null);
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw NotAPlan(shown, cause);
        }
        catch (Exception cause) when (FileProblems.Is(cause))
        {
            throw new ProblemException(FileProblems.Reading(path, cause), cause);
        }
    }

    private static ProblemException NotAPlan(string shown, Exception? cause)
    {
        var problem = new Problem("plan/not-a-plan", ProblemKind.Usage, $"`{shown}` is not a plan that this cairn has saved", new FilePlace(shown), $"cairn plan <flow> --out {shown}");
        return cause is null ? new ProblemException(problem) : new ProblemException(problem, cause);
    }
}
