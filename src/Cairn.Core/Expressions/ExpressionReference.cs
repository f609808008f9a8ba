using System.Globalization;
using System.Text;

namespace Cairn.Core.Expressions;

/// <summary>The generated part of docs/reference/expressions.md.</summary>
public static class ExpressionReference
{
    /// <summary>Every function with its arguments, its meaning and examples.</summary>
    public static string Functions()
    {
        var page = new StringBuilder("## Functions\n");
        foreach (Function function in FunctionTable.All)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n### {function.Name}\n\n`{function.Signature}` gives {Named(function.Result)}\n\n");
            page.Append(CultureInfo.InvariantCulture, $"{function.About}{Fixed(function)}\n\n| | gives |\n|---|---|\n");
            foreach (FunctionExample example in function.Examples)
            {
                string result = example.Result is null ? "*blank*" : $"`{Cell(example.Result)}`";
                page.Append(CultureInfo.InvariantCulture, $"| `{Cell(example.Expression)}` | {result} |\n");
            }
        }

        return page.ToString();
    }

    private static string Named(ValueType? type) => type switch
    {
        ValueType.Text => "a text",
        ValueType.Integer => "a whole number",
        ValueType.Number => "a number",
        ValueType.Boolean => "true or false",
        _ => "a value of the type of its arguments",
    };

    private static string Fixed(Function function)
    {
        IEnumerable<FunctionArgument> written = function.Arguments.Where(a => a.Type is ArgumentType.FixedText or ArgumentType.Pattern);
        string names = string.Join(" and ", written.Select(a => $"`{a.Name}`"));
        return names.Length == 0 ? "" : $" The {names} must be a text in quotes or a parameter.";
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
