using Cairn.Core;

namespace Cairn;

/// <summary>What the process gives back; the output's form never changes it. <c>cairn help exit-codes</c> says it to people.</summary>
internal enum ExitCode
{
    /// <summary>Done; also when there was nothing to do.</summary>
    Done = 0,

    /// <summary>Done, and something was found that a person should see.</summary>
    Found = 1,

    /// <summary>A wrong option, flow file or setting; nothing was touched.</summary>
    Usage = 2,

    /// <summary>A system could not be reached or is busy; nothing was written; trying again may help.</summary>
    Unreachable = 3,

    /// <summary>The data, a check or the destination said no; nothing was written.</summary>
    Refused = 4,

    /// <summary>Some records were written and some were not.</summary>
    Partial = 5,

    /// <summary>Cairn's own fault.</summary>
    Fault = 70,

    /// <summary>Stopped by a person.</summary>
    Stopped = 130,
}

internal static class ExitCodes
{
    /// <summary>The one table from kinds of problems to codes.</summary>
    public static ExitCode Of(ProblemKind kind) => kind switch
    {
        ProblemKind.Finding => ExitCode.Found,
        ProblemKind.Usage => ExitCode.Usage,
        ProblemKind.Unreachable => ExitCode.Unreachable,
        ProblemKind.Refused => ExitCode.Refused,
        ProblemKind.Partial => ExitCode.Partial,
        ProblemKind.Fault => ExitCode.Fault,
        ProblemKind.Stopped => ExitCode.Stopped,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A kind of problem without an exit code"),
    };

    /// <summary>
    /// The code of several problems. "Try again" is given only when that alone would help: a scheduler must not retry what a person has to correct.
    /// </summary>
    public static ExitCode Of(IEnumerable<Problem> problems) =>
        problems.Select(p => Of(p.Kind)).Distinct().OrderBy(Weight).FirstOrDefault(ExitCode.Done);

    private static int Weight(ExitCode code) => code switch
    {
        ExitCode.Fault => 0,
        ExitCode.Stopped => 1,
        ExitCode.Partial => 2,
        ExitCode.Usage => 3,
        ExitCode.Refused => 4,
        ExitCode.Unreachable => 5,
        _ => 6,
    };
}
