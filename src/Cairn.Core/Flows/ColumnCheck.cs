using Cairn.Core.Expressions;
using Cairn.Core.Tables;

namespace Cairn.Core.Flows;

/// <summary>What is known of a flow's columns before its data is read.</summary>
/// <param name="Tables">For each read and step its columns in order; null where they are not known before the data is read.</param>
/// <param name="Problems">In the order of the file.</param>
public sealed record ColumnReport(IReadOnlyDictionary<string, IReadOnlyList<TableColumn>?> Tables, IReadOnlyList<Problem> Problems);

/// <summary>
/// Follows columns and their types from the sources through every step, and reports what does not fit: columns that are not there, two of one
/// name, keys of different types, expressions whose types do not agree.
/// </summary>
public static class ColumnCheck
{
    /// <param name="layouts">The columns of each read; null or absent when its file is not there yet.</param>
    /// <param name="known">Columns of steps that have been run, for those that cannot be known before (SQL); such steps are taken as they are.</param>
    public static ColumnReport Check(
        Flow flow, IReadOnlyDictionary<string, TableLayout?> layouts, IReadOnlyDictionary<string, IReadOnlyList<TableColumn>>? known = null)
    {
        var problems = new List<Problem>();
        var tables = new Dictionary<string, IReadOnlyList<TableColumn>?>();
        var steps = flow.Steps.ToDictionary(s => s.Name);
        foreach (Read read in flow.Reads)
        {
            tables[read.Name] = Columns(read, layouts.GetValueOrDefault(read.Name), problems);
        }

        foreach (Step step in FlowOrder.Of(flow).Where(steps.ContainsKey).Select(n => steps[n]))
        {
            if (known?.GetValueOrDefault(step.Name) is IReadOnlyList<TableColumn> columns)
            {
                tables[step.Name] = columns;
                continue;
            }

            IReadOnlyList<TableColumn>?[] inputs = [.. step.Head.Inputs.Select(i => tables.GetValueOrDefault(i.Name))];
            tables[step.Name] = step.Head is SqlHead || inputs.Contains(null) ? null : StepColumns.Of(step, inputs!, problems);
        }

        foreach (Read read in flow.Reads)
        {
            CheckColumns.Of(read.Name, read.Checks, tables, problems);
        }

        foreach (Step step in flow.Steps)
        {
            CheckColumns.Of(step.Name, step.Checks, tables, problems);
        }

        foreach (Figure figure in flow.Figures)
        {
            CheckColumns.Of(figure, tables, problems);
        }

        // A check over one column may mention it twice; it is reported once.
        return new ColumnReport(tables, [.. FlowReader.InFileOrder(problems).DistinctBy(p => (p.Code, p.Message, p.Place?.ToString()))]);
    }

    private static IReadOnlyList<TableColumn>? Columns(Read read, TableLayout? layout, List<Problem> problems)
    {
        if (layout is null)
        {
            // Every column of a source is text, so that the flow's own list says enough.
            return read.Fields is null ? null : [.. read.Fields.DistinctBy(f => f.Name).Select(f => new TableColumn(f.Name, ColumnType.Text))];
        }

        List<TableColumn> columns = [.. layout.Columns.Select(c => new TableColumn(c.Name, ColumnType.Text, c.Term) { DelimitedBy = c.DelimitedBy, Vocabulary = c.Vocabulary })];
        if (read.Fields is null)
        {
            return columns;
        }

        foreach (NameAt field in read.Fields)
        {
            Find(field, columns, read.Name, problems);
        }

        HashSet<string> wanted = [.. read.Fields.Select(f => f.Name)];
        return [.. columns.Where(c => wanted.Contains(c.Name))];
    }

    /// <summary>The column of that name; null, and a problem, when the table has none.</summary>
    internal static TableColumn? Find(NameAt name, IReadOnlyList<TableColumn> columns, string table, List<Problem> problems)
    {
        if (columns.FirstOrDefault(c => c.Name == name.Name) is TableColumn column)
        {
            return column;
        }

        string? near = problems.Count < FlowTables.MostSuggested ? DidYouMean.Of(name.Name, columns.Select(c => c.Name)) : null;
        problems.Add(new Problem("flow/unknown-column", ProblemKind.Usage, $"`{table}` has no column `{Shortened.Of(name.Name)}` here", name.Place, Listed(columns))
        {
            Hint = near is null ? null : $"did you mean `{near}`?",
        });
        return null;
    }

    internal static string Listed(IReadOnlyList<TableColumn> columns) => columns.Count switch
    {
        0 => "it has no columns",
        <= 40 => $"the columns are {string.Join(", ", columns.Select(c => c.Name))}",
        _ => $"the columns are {string.Join(", ", columns.Take(40).Select(c => c.Name))} and {columns.Count - 40} more",
    };

    internal static IReadOnlyDictionary<string, ColumnType> Types(IReadOnlyList<TableColumn> columns) =>
        columns.DistinctBy(c => c.Name).ToDictionary(c => c.Name, c => c.Type);

    /// <summary>The type a column has when it holds an expression's values.</summary>
    public static ColumnType TypeOf(Expressions.ValueType value) => value switch
    {
        Expressions.ValueType.Integer => ColumnType.Integer,
        Expressions.ValueType.Number => ColumnType.Decimal,
        Expressions.ValueType.Boolean => ColumnType.Boolean,
        _ => ColumnType.Text,
    };
}
