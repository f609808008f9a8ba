using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Cairn.Commands;
using Cairn.Core;
using Cairn.Terminal;

namespace Cairn;

/// <summary>Runs one command line. The one place where problems are printed, a stop is acknowledged and a fault of ours is owned up to.</summary>
internal static class Shell
{
    public static ExitCode Run(IReadOnlyList<string> line, Composition cairn)
    {
        ExitCode code = Try(() => Act(line, cairn), cairn);
        try
        {
            cairn.Screen.Out.Flush();
            cairn.Screen.Error.Flush();
            return code;
        }
        catch (IOException cause)
        {
            // Nobody can be told on standard output any more; the code still says it.
            cairn.Screen.Error.WriteLine($"error[output/not-written]: standard output could not be written: {cause.Message}");
            return ExitCode.Refused;
        }
    }

    private static ExitCode Act(IReadOnlyList<string> line, Composition cairn)
    {
        // Response files (@file) are off: an argument is what was typed.
        ParseResult parse = CommandLineParser.Parse(CommandTree.Create(cairn), line, new ParserConfiguration { ResponseFileTokenReplacer = null });
        cairn.Begin(line, cairn.Globals.Read(parse), UsageProblems.PathOf(parse.CommandResult.Command));
        if (parse.Action is ParseErrorAction)
        {
            throw new ProblemException(UsageProblems.Of(parse));
        }

        return (ExitCode)parse.Invoke(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
            Output = cairn.Screen.Out,
            Error = cairn.Screen.Error,
        });
    }

    private static ExitCode Try(Func<ExitCode> act, Composition cairn)
    {
        try
        {
            return act();
        }
        catch (ProblemException thrown)
        {
            return Tell(thrown.Problems, cairn);
        }
        catch (Exception) when (cairn.Stop.IsCancellationRequested)
        {
            // Whatever a hurried end threw on its way out, the person who pressed Ctrl-C knows why.
            return Tell([new Problem("run/stopped", ProblemKind.Stopped, "stopped, as you asked")], cairn);
        }
        catch (Exception fault)
        {
            return Tell([FaultReport.Write(fault, cairn)], cairn);
        }
    }

    private static ExitCode Tell(IReadOnlyList<Problem> problems, Composition cairn)
    {
        cairn.Tell(problems);
        return ExitCodes.Of(problems);
    }
}
