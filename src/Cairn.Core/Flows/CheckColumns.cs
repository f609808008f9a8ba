using Cairn.Core.Expressions;

namespace Cairn.Core.Flows;

/// <summary>Holds checks and figures against the columns of their tables. Where the columns are not known yet, nothing is said.</summary>
internal static class CheckColumns
{
    public static void Of(
        string table, IReadOnlyList<Expectation> checks, IReadOnlyDictionary<string, IReadOnlyList<TableColumn>?> tables, List<Problem> problems)
    {
        IReadOnlyList<TableColumn>? columns = tables.GetValueOrDefault(table);
        foreach (Expectation check in columns is null ? [] : checks)
        {
            switch (check)
            {
                case ColumnsExpectation expected:
                    Missing(expected, table, columns!, problems);
                    break;
                case UniqueExpectation unique:
                    StepColumns.Known(unique.Columns, columns!, table, problems);
                    break;
                case ConditionExpectation condition:
                    ExpressionTypes.CheckCondition(condition.Condition, ColumnCheck.Types(columns!), problems);
                    break;
                case ForeignKeyExpectation foreign:
                    ForeignKey(foreign, table, columns!, tables, problems);
                    break;
                case ResolvesExpectation resolves:
                    ColumnCheck.Find(resolves.Column, columns!, table, problems);
                    Where(resolves.Where, columns!, problems);
                    break;
                default:
                    break;
            }
        }
    }

    public static void Of(Figure figure, IReadOnlyDictionary<string, IReadOnlyList<TableColumn>?> tables, List<Problem> problems)
    {
        if (tables.GetValueOrDefault(figure.Of.Name) is not IReadOnlyList<TableColumn> columns)
        {
            return;
        }

        Where(figure.Where, columns, problems);
        IReadOnlyList<NameAt> names = figure.Form switch
        {
            DistinctFigure distinct => [distinct.Column],
            RepeatedFigure repeated => repeated.By ?? [],
            FilledFigure filled => filled.Columns ?? [],
            ListFigure list => list.Columns,
            _ => [],
        };
        StepColumns.Known(names, columns, figure.Of.Name, problems);
        Expression? value = figure.Form switch
        {
            ByFigure by => by.Value,
            FirstFigure first => first.Value,
            LastFigure last => last.Value,
            _ => null,
        };
        if (value is not null)
        {
            ExpressionTypes.Check(value, ColumnCheck.Types(columns), problems);
        }
    }

    // Whether columns are there is a check of the data, so it answers like one: expect refuses, warn reports.
    private static void Missing(ColumnsExpectation expected, string table, IReadOnlyList<TableColumn> columns, List<Problem> problems)
    {
        foreach (NameAt missing in expected.Columns.Where(n => columns.All(c => c.Name != n.Name)))
        {
            string? near = DidYouMean.Of(missing.Name, columns.Select(c => c.Name));
            problems.Add(new Problem("flow/missing-column", expected.Stops ? ProblemKind.Refused : ProblemKind.Finding, $"`{table}` should have a column `{missing.Name}`, and has none", missing.Place, ColumnCheck.Listed(columns))
            {
                Hint = near is null ? null : $"did you mean `{near}`?",
            });
        }
    }

    private static void ForeignKey(
        ForeignKeyExpectation foreign, string table, IReadOnlyList<TableColumn> columns, IReadOnlyDictionary<string, IReadOnlyList<TableColumn>?> tables, List<Problem> problems)
    {
        TableColumn? own = ColumnCheck.Find(foreign.Column, columns, table, problems);
        if (tables.GetValueOrDefault(foreign.Table.Name) is not IReadOnlyList<TableColumn> others)
        {
            return;
        }

        TableColumn? other = ColumnCheck.Find(foreign.TableColumn, others, foreign.Table.Name, problems);
        if (own is not null && other is not null && own.Type != other.Type)
        {
            problems.Add(new Problem(
                "flow/key-types",
                ProblemKind.Usage,
                $"`{own.Name}` of `{table}` is {StepColumns.Word(own.Type)} and `{other.Name}` of `{foreign.Table.Name}` is {StepColumns.Word(other.Type)}, so that they cannot be compared",
                foreign.Column.Place,
                "declare the same type for both with `types:` in a step before, or for neither"));
        }
    }

    private static void Where(Expression? condition, IReadOnlyList<TableColumn> columns, List<Problem> problems)
    {
        if (condition is not null)
        {
            ExpressionTypes.CheckCondition(condition, ColumnCheck.Types(columns), problems);
        }
    }
}
