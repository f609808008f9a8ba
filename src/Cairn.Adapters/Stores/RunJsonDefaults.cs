using System.Text.Json.Nodes;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Provenance;

namespace Cairn.Adapters.Stores;

/// <summary>
/// What an older manifest does not say is what its type says by itself. The generated readers would set such members to null instead: they take
/// every init-only member for a constructor's parameter.
/// </summary>
internal static class RunJsonDefaults
{
    private static readonly Lazy<JsonObject> Manifest = Of(new RunManifest("", "", "", "", RunState.Done, default), "id", "folder");
    private static readonly Lazy<JsonObject> Report = Of(new FlowReport(""), "flow");
    private static readonly Lazy<JsonObject> Account = Of(new Account("", [], [], [], 0));
    private static readonly Lazy<JsonObject> Write = Of(new PlannedWrite("", "", "", 0, [], [], null));
    private static readonly Lazy<JsonObject> Problem = Of(new Problem("", ProblemKind.Finding, ""));

    public static void CompleteManifest(JsonNode? manifest)
    {
        Complete(manifest, Manifest);
        CompleteReport(manifest?["report"]);
        CompleteAll(manifest?["problems"], Problem);
    }

    public static void CompleteReport(JsonNode? report)
    {
        if (report is null)
        {
            return;
        }

        Complete(report, Report);
        CompleteAll(report["accounts"], Account);
        CompleteAll(report["writes"], Write);
        CompleteAll(report["findings"], Problem);
    }

    private static void CompleteAll(JsonNode? list, Lazy<JsonObject> defaults)
    {
        foreach (JsonNode? item in list as JsonArray ?? [])
        {
            Complete(item, defaults);
        }
    }

    private static void Complete(JsonNode? node, Lazy<JsonObject> defaults)
    {
        if (node is JsonObject value)
        {
            foreach ((string name, JsonNode? one) in defaults.Value)
            {
                if (!value.ContainsKey(name))
                {
                    value[name] = one?.DeepClone();
                }
            }
        }
    }

    /// <param name="required">What has no default: without it the file is not what it should be.</param>
    private static Lazy<JsonObject> Of<T>(T value, params string[] required) => new(() =>
    {
        var defaults = (JsonObject)JsonNode.Parse(RunJson.Bytes(value))!;
        foreach (string name in required)
        {
            defaults.Remove(name);
        }

        return defaults;
    });
}
