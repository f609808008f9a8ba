using Cairn.Core.Expressions;

namespace Cairn.Core.Flows;

/// <summary>What each change does to a table's columns.</summary>
internal static class ColumnChanges
{
    public static void Apply(ColumnChange change, List<TableColumn> columns, string table, List<Problem> problems)
    {
        switch (change)
        {
            case WhereChange where:
                ExpressionTypes.CheckCondition(where.Condition, ColumnCheck.Types(columns), problems);
                break;
            case DeriveChange derive:
                Put(derive.Column.Name, ColumnCheck.TypeOf(ExpressionTypes.Check(derive.Value, ColumnCheck.Types(columns), problems)), columns);
                break;
            case SetChange set:
                Put(set.Column.Name, ColumnType.Text, columns);
                break;
            case RenameChange rename:
                Rename(rename, columns, table, problems);
                break;
            case DropChange drop:
                StepColumns.Known(drop.Columns, columns, table, problems);
                HashSet<string> gone = [.. drop.Columns.Select(c => c.Name)];
                columns.RemoveAll(c => gone.Contains(c.Name));
                break;
            case SelectChange select:
                Select(select, columns, table, problems);
                break;
            case TypesChange types:
                foreach (TypedColumn typed in types.Columns)
                {
                    if (ColumnCheck.Find(typed.Column, columns, table, problems) is TableColumn column)
                    {
                        columns[columns.IndexOf(column)] = column with { Type = typed.Type };
                    }
                }

                break;
            default:
                throw new ArgumentException("a kind of change is not known here", nameof(change));
        }
    }

    // A replaced column keeps its position, and its term: it is still the same property of the record.
    private static void Put(string name, ColumnType type, List<TableColumn> columns)
    {
        int at = columns.FindIndex(c => c.Name == name);
        if (at < 0)
        {
            columns.Add(new TableColumn(name, type));
        }
        else
        {
            columns[at] = columns[at] with { Type = type };
        }
    }

    private static void Rename(RenameChange rename, List<TableColumn> columns, string table, List<Problem> problems)
    {
        TableColumn? column = ColumnCheck.Find(rename.From, columns, table, problems);
        if (rename.From.Name != rename.To.Name && columns.Any(c => c.Name == rename.To.Name))
        {
            problems.Add(new Problem("flow/column-clash", ProblemKind.Usage, $"`{table}` has a column `{rename.To.Name}` already", rename.To.Place,
                "rename or drop that one in a step before, or choose another name"));
        }
        else if (column is not null)
        {
            columns[columns.IndexOf(column)] = column with { Name = rename.To.Name };
        }
        else
        {
            columns.Add(new TableColumn(rename.To.Name, ColumnType.Text));
        }
    }

    private static void Select(SelectChange select, List<TableColumn> columns, string table, List<Problem> problems)
    {
        var chosen = new List<TableColumn>();
        foreach (NameAt name in select.Columns)
        {
            if (chosen.Any(c => c.Name == name.Name))
            {
                problems.Add(new Problem("flow/column-clash", ProblemKind.Usage, $"`{table}` selects `{name.Name}` twice", name.Place,
                    "remove one; a second column with the same values is made with derive"));
                continue;
            }

            chosen.Add(ColumnCheck.Find(name, columns, table, problems) ?? new TableColumn(name.Name, ColumnType.Text));
        }

        columns.Clear();
        columns.AddRange(chosen);
    }
}
