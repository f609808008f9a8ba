namespace Cairn.Core;

/// <summary>
/// Something wrong, or worth a look, as a value: a frozen code, its kind, one sentence that names the thing, its place, details
/// (a line each) and one next step. Checking collects all of them before anything stops.
/// </summary>
/// <param name="Code">Frozen and searchable, <c>area/what-is-wrong</c>; each has a page in docs/reference/errors.md.</param>
/// <param name="Kind">Decides the exit code.</param>
/// <param name="Message">One sentence, for a person who knows the data and not the program. Never a secret.</param>
/// <param name="Place">Where.</param>
/// <param name="Help">One next step, which can be pasted where it is a command.</param>
public sealed record Problem(string Code, ProblemKind Kind, string Message, Place? Place = null, string? Help = null)
{
    /// <summary>What was expected, the rows or values concerned, what was not done: one line each.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>The short label to put under the caret, such as "did you mean `fields`?".</summary>
    public string? Hint { get; init; }

    public override string ToString() => Place is null ? $"{Code}: {Message}" : $"{Place}: {Code}: {Message}";
}

/// <summary>Carries problems that stop the work up to the one place that prints them.</summary>
public sealed class ProblemException : Exception
{
    public ProblemException(params IReadOnlyList<Problem> problems)
        : base(problems.Count == 0 ? "no problem given" : problems[0].ToString()) => Problems = problems;

    public ProblemException(Problem problem, Exception cause)
        : base(problem.ToString(), cause) => Problems = [problem];

    /// <summary>At least one.</summary>
    public IReadOnlyList<Problem> Problems { get; }
}
