using System.Text;
using Cairn.Core.Flows;

namespace Cairn.Core.Settings;

/// <summary>
/// Fills <c>${name}</c> and <c>${name.folder}</c> into the scalars of connectors' settings and of paths. Values are put in as they are; what
/// comes out is never read as settings again.
/// </summary>
public static class ParameterFill
{
    // A text of a megabyte can hold a hundred thousand mistakes; nobody reads them all.
    private const int MostProblems = 200;

    /// <returns>The same tree with parameters filled in; an unknown parameter stays as written and is a problem.</returns>
    public static Setting Fill(Setting setting, IReadOnlyList<Parameter> parameters, ICollection<Problem> problems) => setting switch
    {
        ScalarSetting scalar => Fill(scalar, parameters, problems),
        ListSetting list => list with { Items = [.. list.Items.Select(i => Fill(i, parameters, problems))] },
        MapSetting map => map with { Entries = [.. map.Entries.Select(e => e with { Value = Fill(e.Value, parameters, problems) })] },
        _ => setting,
    };

    public static ScalarSetting Fill(ScalarSetting scalar, IReadOnlyList<Parameter> parameters, ICollection<Problem> problems)
    {
        string text = scalar.Text;
        int open = text.IndexOf("${", StringComparison.Ordinal);
        if (open < 0)
        {
            return scalar;
        }

        var filled = new StringBuilder();
        int done = 0;
        while (open >= 0 && problems.Count < MostProblems)
        {
            int close = text.IndexOf('}', open);
            FilePlace place = scalar.Within(open, (close < 0 ? text.Length : close + 1) - open);
            if (close < 0)
            {
                problems.Add(new Problem("flow/parameter-form", ProblemKind.Usage, "`${` begins a parameter here and is not closed", place, "write ${name}"));
                break;
            }

            filled.Append(text, done, open - done);
            filled.Append(Value(text[(open + 2)..close], place, parameters, problems) ?? text[open..(close + 1)]);
            done = close + 1;
            open = text.IndexOf("${", done, StringComparison.Ordinal);
        }

        filled.Append(text, done, text.Length - done);

        // A value that is filled in is a text, even when it looks like nothing (`null`).
        return scalar with { Text = filled.ToString(), Quoted = true };
    }

    private static string? Value(string written, FilePlace place, IReadOnlyList<Parameter> parameters, ICollection<Problem> problems)
    {
        bool folder = written.EndsWith(".folder", StringComparison.Ordinal);
        string name = folder ? written[..^".folder".Length] : written;
        Parameter? parameter = parameters.FirstOrDefault(p => p.Name == name);
        if (parameter is null)
        {
            problems.Add(UnknownParameter(name, place, [.. parameters.Select(p => p.Name)]));
            return null;
        }

        if (!folder)
        {
            return parameter.Value;
        }

        if (parameter.Kind != ParameterKind.File)
        {
            problems.Add(new Problem("flow/parameter-form", ProblemKind.Usage, $"`{name}` is not a file, so it has no folder", place,
                $"write ${{{name}}}, or declare `{name}` with `type: file`"));
            return null;
        }

        return Path.GetDirectoryName(parameter.Value) is { Length: > 0 } parent ? parent : ".";
    }

    /// <summary>The problem of a value given with <c>--set</c> to a parameter that no flow declares.</summary>
    public static Problem Unknown(string name, IEnumerable<string> declared) =>
        UnknownParameter(name, new FilePlace($"--set {Shortened.Of(name)}"), [.. declared]);

    /// <summary>The problem of a parameter that the flow does not declare.</summary>
    internal static Problem UnknownParameter(string name, FilePlace? place, IReadOnlyList<string> declared)
    {
        string shown = Shortened.Of(name);
        string? near = DidYouMean.Of(name, declared);
        return new Problem(
            "flow/unknown-parameter",
            ProblemKind.Usage,
            $"this flow has no parameter `{shown}`",
            place,
            declared.Count == 0 ? $"declare it under `parameters:`, such as `{shown}: {{ type: text }}`" : $"it has: {string.Join(", ", declared)}")
        {
            Hint = near is null ? null : $"did you mean `{near}`?",
        };
    }
}
