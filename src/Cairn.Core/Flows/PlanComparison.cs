using Cairn.Core.Provenance;

namespace Cairn.Core.Flows;

/// <summary>A saved plan holds only while what it saw is still so.</summary>
internal static class PlanComparison
{
    public static IEnumerable<Problem> Moved(FlowReport plan, FlowReport now)
    {
        foreach (DataVersion input in plan.Inputs)
        {
            DataVersion? same = now.Inputs.FirstOrDefault(i => i.Path == input.Path);
            if (same is null || same.Sha256 != input.Sha256)
            {
                yield return Problem($"{input.Path} is {(same is null ? "no longer read" : "not what it was")} when the plan was made", $"planned {input.Sha256}", same is null ? null : $"now     {same.Sha256}");
            }
        }

        foreach (DataVersion input in now.Inputs.Where(i => plan.Inputs.All(p => p.Path != i.Path)))
        {
            yield return Problem($"{input.Path} is read now, but was not when the plan was made");
        }

        foreach (PlannedWrite write in now.Writes)
        {
            PlannedWrite? planned = plan.Writes.FirstOrDefault(w => w.Name == write.Name && w.Path == write.Path);
            if (planned is null)
            {
                yield return Problem($"{write.Path} was not in the plan");
            }
            else if (planned.Replaces?.Sha256 != write.Replaces?.Sha256)
            {
                yield return Problem($"{write.Path} has changed since the plan was made");
            }
            else if (planned.Rows != write.Rows || !planned.Columns.SequenceEqual(write.Columns))
            {
                yield return Problem($"{write.Path} would get {write.Rows:N0} rows, the plan says {planned.Rows:N0}");
            }
        }
    }

    private static Problem Problem(string message, params string?[] details) =>
        new("plan/moved", ProblemKind.Refused, message + "; nothing was written", Help: "make the plan again and look at it")
        {
            Details = [.. details.OfType<string>()],
        };
}
