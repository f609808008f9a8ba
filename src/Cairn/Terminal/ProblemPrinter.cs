using System.Globalization;
using Cairn.Core;

namespace Cairn.Terminal;

/// <summary>
/// Problems for people: kind and code, one sentence, where, the line with a caret, details, one next step. In full up to ten,
/// after that one line each, because nobody reads two hundred in full.
/// </summary>
internal static class ProblemPrinter
{
    public const int InFull = 10;

    public static void Print(IReadOnlyList<Problem> problems, TextWriter to, Ink ink, bool shortForm, int width)
    {
        for (int i = 0; i < problems.Count; i++)
        {
            if (shortForm || i >= InFull)
            {
                to.WriteLine(Line(problems[i], ink));
            }
            else
            {
                Full(problems[i], to, ink, width);
                if (i + 1 < problems.Count)
                {
                    to.WriteLine();
                }
            }
        }
    }

    /// <summary>"place: kind[code]: message", as editors and grep like it.</summary>
    public static string Line(Problem problem, Ink ink)
    {
        string place = problem.Place is null ? "" : Printable.Of(problem.Place.ToString()!) + ": ";
        string hint = problem.Hint is null ? "" : $"; {Printable.Of(problem.Hint)}";
        return $"{place}{Label(problem, ink)}: {Printable.Of(problem.Message)}{hint}";
    }

    private static void Full(Problem problem, TextWriter to, Ink ink, int width)
    {
        to.WriteLine($"{Label(problem, ink)}: {ink.Strong(Printable.Of(problem.Message))}");
        int gutter = Math.Max(2, problem.Place is FilePlace { Line: > 0 } at ? Digits(at.Line) : 0);
        string margin = new(' ', gutter);
        bool hinted = false;
        if (problem.Place is not null)
        {
            to.WriteLine($"{margin}{ink.Accent("-->")} {Printable.Of(problem.Place.ToString()!)}");
        }

        if (problem.Place is FilePlace { Line: > 0, Column: > 0, Text: not null } place)
        {
            SourceLine source = SourceLine.Of(place, Math.Max(40, width - gutter - 3));
            to.WriteLine($"{margin} {ink.Accent("|")}");
            to.WriteLine($"{ink.Accent(place.Line.ToString(CultureInfo.InvariantCulture).PadLeft(gutter) + " |")} {source.Text}".TrimEnd());
            to.WriteLine($"{margin} {ink.Accent("|")} {new string(' ', source.CaretAt)}{Paint(problem, ink, new string('^', source.CaretLength) + Space(problem.Hint))}");
            hinted = true;
        }

        foreach (string detail in problem.Details)
        {
            to.WriteLine($"  {Printable.Of(detail)}");
        }

        if (problem.Hint is not null && !hinted)
        {
            to.WriteLine($"{margin} {ink.Accent("=")} {Printable.Of(problem.Hint)}");
        }

        if (problem.Help is not null)
        {
            to.WriteLine($"{margin} {ink.Accent("=")} help: {Printable.Of(problem.Help)}");
        }
    }

    private static string Label(Problem problem, Ink ink) => Paint(problem, ink, problem.Kind switch
    {
        ProblemKind.Finding => "warning",
        ProblemKind.Stopped => "stopped",
        _ => "error",
    } + $"[{problem.Code}]");

    private static string Paint(Problem problem, Ink ink, string text) => problem.Kind is ProblemKind.Finding or ProblemKind.Stopped ? ink.Warning(text) : ink.Error(text);

    private static string Space(string? hint) => hint is null ? "" : " " + Printable.Of(hint);

    private static int Digits(int number) => number.ToString(CultureInfo.InvariantCulture).Length;
}
