using System.Text.Json;
using Cairn.Core;
using Cairn.Core.Provenance;
using Cairn.Terminal;

namespace Cairn.Running;

/// <summary>The one object of <c>plan --json</c> and <c>run --json</c>: the flow that was named, and under <c>before</c> those it had run first.</summary>
internal static class RunAnswerJson
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<RanFlow> ran, IReadOnlyList<Problem> problems)
    {
        json.WriteBoolean("ok", problems.All(p => p.Kind == ProblemKind.Finding));
        if (ran.Count > 0)
        {
            Members(json, ran[^1]);
        }

        if (ran.Count > 1)
        {
            json.WriteStartArray("before");
            foreach (RanFlow flow in ran.SkipLast(1))
            {
                json.WriteStartObject();
                Members(json, flow);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        ProblemJson.Write(json, problems);
    }

    private static void Members(Utf8JsonWriter json, RanFlow flow)
    {
        json.WriteString("run", flow.Outcome.RunId);
        json.WriteString("folder", flow.Outcome.RunFolder);
        json.WriteString("state", flow.Outcome.State switch
        {
            RunState.Done => "done",
            RunState.Failed => "failed",
            RunState.Stopped => "stopped",
            _ => "running",
        });
        json.WriteBoolean("written", flow.Outcome.Written);
        ReportJson.Write(json, flow.Outcome.Report);
    }
}
