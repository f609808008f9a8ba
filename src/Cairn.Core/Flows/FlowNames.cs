using System.Text.RegularExpressions;
using Cairn.Core.Settings;

namespace Cairn.Core.Flows;

/// <summary>The rules for names that a flow makes up.</summary>
internal static partial class FlowNames
{
    public static void CheckFlow(NameAt name, List<Problem> problems)
    {
        if (name.Name.Length > 0 && !FlowName().IsMatch(name.Name))
        {
            problems.Add(new Problem("flow/name", ProblemKind.Usage, $"`{Shortened.Of(name.Name)}` cannot be a flow's name: it becomes part of a folder's name", name.Place,
                "use letters, digits, `-`, `_` and `.`, and begin with a letter or digit"));
        }
    }

    public static void CheckFigure(NameAt name, List<Problem> problems)
    {
        if (!FlowName().IsMatch(name.Name))
        {
            problems.Add(new Problem("flow/name", ProblemKind.Usage, $"`{Shortened.Of(name.Name)}` cannot be a figure's name", name.Place,
                "use letters, digits, `-`, `_` and `.`, and begin with a letter or digit"));
        }
    }

    public static void CheckParameter(NameAt name, List<Problem> problems) =>
        CheckWord(name, "a parameter's name: it stands in expressions and SQL as it is", problems);

    /// <summary>Tables stand in SQL by name, so their names are plain words; those that begin with `_` are Cairn's own.</summary>
    public static void CheckTable(NameAt name, List<Problem> problems) =>
        CheckWord(name, "a table's name: it stands in SQL as it is", problems);

    /// <summary>The name of a column that the flow makes; columns of sources are called what their files call them.</summary>
    public static void CheckColumn(NameAt name, List<Problem> problems)
    {
        if (name.Name.StartsWith('_'))
        {
            problems.Add(Reserved(name));
        }
        else if (name.Name.Length == 0 || name.Name.Any(char.IsControl))
        {
            problems.Add(new Problem("flow/name", ProblemKind.Usage, $"`{Shortened.Of(name.Name)}` cannot be a column's name", name.Place,
                "write a name on one line, with no control characters"));
        }
    }

    private static void CheckWord(NameAt name, string what, List<Problem> problems)
    {
        if (name.Name.StartsWith('_') && Word().IsMatch(name.Name))
        {
            problems.Add(Reserved(name));
        }
        else if (!Word().IsMatch(name.Name))
        {
            problems.Add(new Problem("flow/name", ProblemKind.Usage, $"`{Shortened.Of(name.Name)}` cannot be {what}", name.Place,
                "use letters, digits and `_` only, and begin with a letter"));
        }
    }

    private static Problem Reserved(NameAt name) =>
        new("flow/reserved-name", ProblemKind.Usage, $"names that begin with `_` are Cairn's own, and `{Shortened.Of(name.Name)}` is one", name.Place, $"call it `{Shortened.Of(name.Name.TrimStart('_'))}`");

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]{0,99}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\z", RegexOptions.CultureInvariant)]
    private static partial Regex FlowName();
}
