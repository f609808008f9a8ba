using System.CommandLine;
using Cairn.Running;
using Cairn.Terminal;

namespace Cairn.Commands;

/// <summary><c>cairn run share.flow.yaml</c>: reads, shapes, checks, shows the plan, asks, writes, and leaves a record of it all.</summary>
internal static class RunCommand
{
    public static Command Create(Composition cairn)
    {
        var flow = new Argument<string>("flow") { Description = "A flow file, a folder with one, a flow's name, or a plan saved by cairn plan --out" };
        var yes = new Option<bool>("--yes", "-y") { Description = "Write without asking" };
        var only = new Option<string[]>("--only") { Description = "Write only this one; may stand several times", HelpName = "table", Arity = ArgumentArity.OneOrMore };
        Option<string[]> set = SetOption.Create();
        Option<string> memory = MemoryOption();
        var run = new Verb("run", "Run a flow: show what would be written, ask, write it", Chapter.Flows)
        {
            More = "Without a terminal nothing is written unless --yes is given. A saved plan is carried out without asking, and only if inputs and destinations are still as it saw them. Exit code 1 says that something was found: a warn not met, a figure not as expected, rows that could not be read.",
            Examples =
            [
                new Example("cairn run herbarium-sheets", "shows the plan and asks"),
                new Example("cairn run examples/herbarium-sheets --set data=FOLDER --yes --json", "for scripts"),
            ],
        };
        run.Add(flow);
        foreach (Option option in new Option[] { yes, only, set, memory })
        {
            run.Options.Add(option);
        }

        return run.Does(parse =>
        {
            cairn.Override("memory", parse.GetValue(memory));
            return Run(new RunWish(parse.GetRequiredValue(flow), SetOption.Read(parse.GetValue(set)))
            {
                Yes = parse.GetValue(yes),
                Only = parse.GetValue(only) is { Length: > 0 } names ? names : null,
            }, cairn);
        });
    }

    public static Option<string> MemoryOption() => new("--memory") { Description = "What reading and working tables may hold, such as 2GB or 25%", HelpName = "size" };

    private static ExitCode Run(RunWish wish, Composition cairn)
    {
        wish = SavedPlan.Read(cairn.Absolute(wish.Named), wish.Named)?.Carry(wish) ?? wish;
        using ProgressPrinter? progress = cairn.Progress();
        var answer = new RunAnswer(wish, cairn, progress);
        return answer.Tell(new FlowRun(wish, cairn).Do(answer, progress));
    }
}
