namespace Cairn.Core;

/// <summary>What sort of problem it is; each kind maps to one exit code (and one HTTP status) in one table.</summary>
public enum ProblemKind
{
    /// <summary>Something was found that a person should see; the work was done all the same (exit code 1).</summary>
    Finding,

    /// <summary>An option, a flow file or a setting is wrong; nothing was touched (exit code 2).</summary>
    Usage,

    /// <summary>A system could not be reached or is busy; trying again may help (exit code 3).</summary>
    Unreachable,

    /// <summary>The data, a check or the destination says no; nothing was written (exit code 4).</summary>
    Refused,

    /// <summary>Some records were written and some were not (exit code 5).</summary>
    Partial,

    /// <summary>Cairn itself is at fault (exit code 70).</summary>
    Fault,

    /// <summary>A person stopped the work (exit code 130).</summary>
    Stopped,
}
