using System.CommandLine;
using Cairn.Core.Flows;
using Cairn.Core.Provenance;
using Cairn.Running;
using Cairn.Terminal;

namespace Cairn.Commands;

/// <summary><c>cairn plan share.flow.yaml</c>: reads the sources and the destination, shows what would be written, writes nothing.</summary>
internal static class PlanCommand
{
    public static Command Create(Composition cairn)
    {
        var flow = new Argument<string>("flow") { Description = "A flow file, a folder with one, or a flow's name" };
        var file = new Option<string>("--out") { Description = "Also save the plan, to be carried out as it was seen: cairn run <file>", HelpName = "file" };
        var sql = new Option<bool>("--sql") { Description = "Print instead the SQL by which the workbench would make each table; reads headers only" };
        var exitCode = new Option<bool>("--exit-code") { Description = "Give back 1 when something would be written that is not there already" };
        var only = new Option<string[]>("--only") { Description = "Plan only this write; may stand several times", HelpName = "table", Arity = ArgumentArity.OneOrMore };
        Option<string[]> set = SetOption.Create();
        Option<string> memory = RunCommand.MemoryOption();
        var plan = new Verb("plan", "Show what a flow would write, and write nothing", Chapter.Flows)
        {
            Examples =
            [
                new Example("cairn plan herbarium-sheets", "where every row goes, the checks, the first rows of each output"),
                new Example("cairn plan herbarium-sheets --out plan.json && cairn run plan.json", "carried out only if nothing moved in between"),
            ],
        };
        plan.Add(flow);
        foreach (Option option in new Option[] { file, sql, exitCode, only, set, memory })
        {
            plan.Options.Add(option);
        }

        return plan.Does(parse =>
        {
            cairn.Override("memory", parse.GetValue(memory));
            var wish = new RunWish(parse.GetRequiredValue(flow), SetOption.Read(parse.GetValue(set)))
            {
                PlanOnly = true,
                Only = parse.GetValue(only) is { Length: > 0 } names ? names : null,
            };
            return parse.GetValue(sql) ? FlowSql.Print(wish, cairn) : Plan(wish, parse.GetValue(file), parse.GetValue(exitCode), cairn);
        });
    }

    private static ExitCode Plan(RunWish wish, string? file, bool exitCode, Composition cairn)
    {
        using ProgressPrinter? progress = cairn.Progress();
        var answer = new RunAnswer(wish, cairn, progress);
        IReadOnlyList<RanFlow> ran = new FlowRun(wish, cairn).Do(answer, progress);
        ExitCode code = answer.Tell(ran);
        if (file is not null && ran is [.., { Outcome.State: RunState.Done } last])
        {
            string path = cairn.Absolute(file);
            new SavedPlan(last.FlowFile, last.Flow.Text, SetFrom(wish, last.Flow), wish.Only, last.Outcome.Report).Save(path);
            if (!cairn.Asked.Json && !cairn.Asked.Quiet)
            {
                cairn.Screen.Out.WriteLine($"plan saved; carry it out with: cairn run {Printable.Of(file)}");
            }
        }

        return code == ExitCode.Done && exitCode && !Standing.Already(ran, cairn) ? ExitCode.Found : code;
    }

    // A saved plan may be carried out from another folder: paths given with --set are kept absolute.
    private static IReadOnlyList<KeyValuePair<string, string>> SetFrom(RunWish wish, Flow flow) =>
        [.. flow.Parameters.Where(p => wish.Set.Any(s => s.Key == p.Name)).Select(p => KeyValuePair.Create(p.Name, p.Value))];
}
