using System.Security.Cryptography;
using Cairn.Adapters.Downloads;
using Cairn.Adapters.FlowFiles;
using Cairn.Adapters.Stores;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Provenance;

namespace Cairn.Running;

/// <summary>A flow that was run, and how it ended.</summary>
internal sealed record RanFlow(string FlowFile, Flow Flow, FlowOutcome Outcome);

/// <summary>
/// Runs what the user named: finds and reads the flow, runs the flows it names before it, and hands each to the core's runner with this
/// program's connectors, workbench and store.
/// </summary>
internal sealed class FlowRun(RunWish wish, Composition cairn)
{
    private readonly List<RanFlow> _ran = [];

    /// <summary>Flows that were run, in order; the last is the one that was named, unless one before it did not end well.</summary>
    public IReadOnlyList<RanFlow> Ran => _ran;

    /// <param name="decide">Shown each flow's plan; true to write.</param>
    /// <param name="progress">Null: nobody watches.</param>
    public void Do(Func<Flow, FlowReport, bool> decide, IProgressWatch? progress)
    {
        FlowFile file = Checked(FlowFile.Read(wish.Named, cairn.CurrentFolder, cairn.Project.Folder, wish.Set));
        OnlyKnownWrites(file.Flow!);
        if (wish.PlannedText is { } planned && planned != file.Flow!.Text)
        {
            throw new ProblemException(new Problem("plan/moved", ProblemKind.Refused, $"{cairn.Shown(file.Path!)} has changed since the plan was made; nothing was read or written", Help: "make the plan again and look at it"));
        }

        using var addresses = new Addresses();
        Do(file, [], decide, progress, addresses);
    }

    private bool Do(FlowFile file, IReadOnlyList<string> waiting, Func<Flow, FlowReport, bool> decide, IProgressWatch? progress, Addresses addresses)
    {
        if (waiting.Contains(file.Path))
        {
            throw new ProblemException(new Problem("flow/runs-itself", ProblemKind.Usage, $"{file.Flow!.Name} is to be run before itself", file.Flow.Place, "remove it from `flows:` of one of them")
            {
                Details = [string.Join(" -> ", waiting.Append(file.Path).Select(p => cairn.Shown(p!)))],
            });
        }

        foreach (string before in file.Flow!.Flows)
        {
            FlowFile next = Checked(FlowFile.At(before, cairn.Shown(before), cairn.CurrentFolder, []));
            if (!Do(next, [.. waiting, file.Path!], decide, progress, addresses))
            {
                return false;
            }
        }

        FlowOutcome outcome = Runner(progress, addresses).Run(WithKeep(file.Flow), Options(waiting.Count == 0), Opening(file), report => decide(file.Flow, report), cairn.Stop);
        _ran.Add(new RanFlow(file.Path!, file.Flow, outcome));
        return outcome.State == RunState.Done && (outcome.Written || wish.PlanOnly);
    }

    private static FlowFile Checked(FlowFile file) =>
        file.Flow is not null ? file : throw new ProblemException(file.Problems);

    private void OnlyKnownWrites(Flow flow)
    {
        foreach (string name in wish.Only ?? [])
        {
            if (!flow.Writes.Any(w => w.Name == name))
            {
                string? near = DidYouMean.Of(name, flow.Writes.Select(w => w.Name));
                throw new ProblemException(new Problem("usage/unknown-write", ProblemKind.Usage, $"{flow.Name} writes no `{name}`", Help: $"it writes: {string.Join(", ", flow.Writes.Select(w => w.Name))}")
                {
                    Hint = near is null ? null : $"did you mean `{near}`?",
                });
            }
        }
    }

    // A flow that says nothing about keeping follows the project.
    private Flow WithKeep(Flow flow) => flow.Keep == new Keep() && !flow.Text.Contains("\nkeep:", StringComparison.Ordinal) ? flow with { Keep = cairn.Settings.Keep } : flow;

    private FlowOptions Options(bool named) => World.Options(cairn) with
    {
        Only = named ? wish.Only : null,
        Plan = named ? wish.Plan : null,
    };

    private RunOpening Opening(FlowFile file) => new(
        wish.PlanOnly ? "plan" : "flow",
        file.Flow!.Name,
        file.Path!,
        file.Flow.Text,
        [.. file.Flow.Parameters.Select(p => new SettingInForce(p.Name, p.Value, p.Origin)), .. cairn.Settings.ForRun],
        RunSurroundings.Of(cairn));

    private FlowRunner Runner(IProgressWatch? progress, Addresses addresses) =>
        new(World.Of(cairn, progress, addresses), new RunFolders(cairn.Store, cairn.Clock, () => RandomNumberGenerator.GetHexString(16, lowercase: true)));
}
