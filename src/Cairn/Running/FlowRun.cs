using System.Security.Cryptography;
using Cairn.Adapters.Downloads;
using Cairn.Adapters.FlowFiles;
using Cairn.Adapters.Stores;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Provenance;

namespace Cairn.Running;

/// <summary>A flow that was run, and how it ended.</summary>
/// <param name="Findings">What was noticed in the flow file itself.</param>
internal sealed record RanFlow(string FlowFile, Flow Flow, IReadOnlyList<Problem> Findings, FlowOutcome Outcome);

/// <summary>
/// Runs what the user named: finds and reads the flow and those it names before it, and hands each in turn to the core's runner with this
/// program's connectors, workbench and store.
/// </summary>
internal sealed class FlowRun(RunWish wish, Composition cairn)
{
    /// <param name="answer">Shown each flow's plan, it says whether to write.</param>
    /// <param name="progress">Null: nobody watches.</param>
    /// <returns>The flows that were run, in order; the last is the one that was named, unless one before it did not end well.</returns>
    public IReadOnlyList<RanFlow> Do(RunAnswer answer, IProgressWatch? progress)
    {
        IReadOnlyList<FlowFile> files = FlowFiles.Read(wish.Named, cairn.CurrentFolder, cairn.Project.Folder, wish.Set);
        if (files.Any(f => f.Flow is null))
        {
            throw new ProblemException([.. files.SelectMany(f => f.Problems)]);
        }

        OnlyKnownWrites(files[^1].Flow!);
        AsPlanned(files[^1]);
        using var addresses = new Addresses();
        var runner = new FlowRunner(
            World.Of(cairn, progress, addresses), new RunFolders(cairn.Store, cairn.Clock, () => RandomNumberGenerator.GetHexString(16, lowercase: true)));
        var ran = new List<RanFlow>();
        foreach (FlowFile file in files)
        {
            bool named = file == files[^1];
            FlowOutcome outcome = runner.Run(WithKeep(file.Flow!), Options(named, answer), Opening(file), answer.Decide, cairn.Stop);
            if (wish.PlanOnly && ran.Count > 0)
            {
                outcome = outcome with { Problems = [.. outcome.Problems.Select(p => p.Code == "file/missing" ? p with { Hint = null, Help = NotYetWritten(ran) } : p)] };
            }

            ran.Add(new RanFlow(file.Path!, file.Flow!, file.Problems, outcome));
            if (outcome.State != RunState.Done || !(outcome.Written || wish.PlanOnly))
            {
                break;
            }
        }

        return ran;
    }

    /// <summary>A plan of flows in a row may lack what the ones before would have written.</summary>
    private static string NotYetWritten(List<RanFlow> before) =>
        $"a plan writes nothing: if {string.Join(" or ", before.Select(r => r.Flow.Name))} is to write it, cairn run {before[^1].Flow.Name} first";

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

    private void AsPlanned(FlowFile file)
    {
        if (wish.PlannedText is { } planned && planned != file.Flow!.Text)
        {
            throw new ProblemException(new Problem("plan/moved", ProblemKind.Refused, $"{cairn.Shown(file.Path!)} has changed since the plan was made; nothing was read or written", Help: "make the plan again and look at it"));
        }
    }

    // A flow that says nothing about keeping follows the project.
    private Flow WithKeep(Flow flow) => flow.Keep == new Keep() && !flow.Text.Contains("\nkeep:", StringComparison.Ordinal) ? flow with { Keep = cairn.Settings.Keep } : flow;

    private FlowOptions Options(bool named, RunAnswer answer) => World.Options(cairn) with
    {
        ExitCode = (report, problems) => (int)answer.Code(report, problems),
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
}
