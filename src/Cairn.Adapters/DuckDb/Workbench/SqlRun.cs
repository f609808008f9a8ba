using System.Text.RegularExpressions;
using Cairn.Core;
using Cairn.Core.Flows;

namespace Cairn.Adapters.DuckDb.Workbench;

/// <summary>
/// A sql step. The flow's tables stand as views in a schema of their own, with <c>_row</c> only where the text names it, so that <c>SELECT *</c>
/// gives the columns a person expects. The result is put in order by its <c>_row</c>, or as its ORDER BY left it.
/// </summary>
internal sealed partial class SqlRun(StepRun run, SqlHead sql)
{
    public HeadResult Run()
    {
        IReadOnlyList<WorkTable> tables = [.. sql.Tables.Select(run.Table)];
        bool numbered = NamesRow().IsMatch(sql.Text);
        (string text, object?[] values) = Bound();
        string made = Sql.Name(run.Step.Name + ".sql");
        run.Execute("CREATE SCHEMA IF NOT EXISTS flow");
        foreach (WorkTable table in tables)
        {
            run.Execute($"CREATE OR REPLACE VIEW flow.{Sql.Name(table.Name)} AS SELECT {Sql.List((numbered ? [Sql.Row] : Array.Empty<string>()).Concat(table.Columns.Select(c => Sql.Name(c.Name))))} FROM main.{Sql.Name(table.Name)}");
        }

        try
        {
            // Only here does the order in which rows are stored mean something; elsewhere it would cost memory.
            run.Execute("SET preserve_insertion_order = true");
            run.Execute("SET search_path = 'flow'");
            run.Execute($"CREATE TABLE main.{made} AS {text}", values);
        }
        catch (DuckDbException e) when (e.Kind is DuckDbErrorKind.Syntax or DuckDbErrorKind.Binder or DuckDbErrorKind.Catalog or DuckDbErrorKind.Conversion or DuckDbErrorKind.InvalidInput or DuckDbErrorKind.Other or DuckDbErrorKind.OutOfRange)
        {
            throw new ProblemException(new Problem("sql/refused", ProblemKind.Usage, $"{run.Step.Name}: DuckDB does not take this SQL; nothing was written", sql.Place, "cairn plan --sql shows the statements as they are run") { Details = [e.Detail] }, e);
        }
        finally
        {
            run.Execute("SET search_path = 'main'");
            run.Execute("SET preserve_insertion_order = false");
            foreach (WorkTable table in tables)
            {
                run.Execute($"DROP VIEW flow.{Sql.Name(table.Name)}");
            }
        }

        return new HeadResult(Numbered(made, tables), [.. tables.Select(t => new Movement(t.Name, run.Count($"SELECT count(*) FROM {Sql.Name(t.Name)}")))]) { Opaque = true };
    }

    /// <summary>Numbers the rows 1 to n, makes empty texts blank, and keeps the source rows where the text read one table and kept its numbers.</summary>
    private WorkTable Numbered(string made, IReadOnlyList<WorkTable> tables)
    {
        IReadOnlyList<string?[]> described = run.Read($"SELECT column_name, data_type FROM duckdb_columns() WHERE schema_name = 'main' AND table_name = ? ORDER BY column_index", run.Step.Name + ".sql");
        bool byRow = described.Any(c => c[0] == Sql.Row);
        IReadOnlyList<TableColumn> columns = [.. described.Where(c => !c[0]!.StartsWith('_')).Select(c => new TableColumn(c[0]!, TypeOf(c[1]!)))];
        IReadOnlyList<string> sources = byRow && tables.Count == 1 ? tables[0].Sources : [];
        string order = byRow ? $"m.{Sql.Row}, m.rowid" : "m.rowid";
        string from = sources.Count > 0 ? $" LEFT JOIN (SELECT DISTINCT ON ({Sql.Row}) {Sql.Names(sources.Select(Sql.From).Prepend(Sql.Row))} FROM {Sql.Name(tables[0].Name)}) AS t ON t.{Sql.Row} = m.{Sql.Row}" : "";
        IEnumerable<string> cells = sources.Select(s => Sql.Name("t", Sql.From(s))).Concat(columns.Select(Cell));
        run.Execute($"CREATE TABLE {Sql.Name(run.HeadName)} AS SELECT {Sql.List(cells.Prepend($"row_number() OVER (ORDER BY {order}) AS {Sql.Row}"))} FROM {made} AS m{from}");
        run.Execute($"DROP TABLE {made}");
        return new WorkTable(run.HeadName, columns, sources);
    }

    private static string Cell(TableColumn column) => column.Type == ColumnType.Text
        ? $"nullif(CAST({Sql.Name("m", column.Name)} AS VARCHAR), '') AS {Sql.Name(column.Name)}"
        : $"CAST({Sql.Name("m", column.Name)} AS {Sql.Type(column.Type)}) AS {Sql.Name(column.Name)}";

    private static ColumnType TypeOf(string type) => type switch
    {
        "BIGINT" or "INTEGER" or "SMALLINT" or "TINYINT" or "UINTEGER" or "USMALLINT" or "UTINYINT" => ColumnType.Integer,
        "DOUBLE" or "FLOAT" => ColumnType.Decimal,
        "BOOLEAN" => ColumnType.Boolean,
        "DATE" => ColumnType.Date,
        "TIMESTAMP" => ColumnType.Timestamp,
        _ => ColumnType.Text,
    };

    /// <summary>Puts positions for the parameters, outside texts, names and comments.</summary>
    private (string Text, object?[] Values) Bound()
    {
        var values = new List<object?>();
        var positions = new Dictionary<string, int>();
        string text = Parts().Replace(sql.Text.TrimEnd().TrimEnd(';'), part =>
        {
            if (run.Parameters.FirstOrDefault(p => part.Value == "$" + p.Name) is not { } parameter)
            {
                return part.Value;
            }

            if (!positions.TryGetValue(parameter.Name, out int at))
            {
                values.Add(parameter.Kind != ParameterKind.Number ? parameter.Value
                    : long.TryParse(parameter.Value, System.Globalization.CultureInfo.InvariantCulture, out long whole) ? whole
                    : double.Parse(parameter.Value, System.Globalization.CultureInfo.InvariantCulture));
                positions[parameter.Name] = at = values.Count;
            }

            return "$" + at;
        });
        return (text, [.. values]);
    }

    [GeneratedRegex("""'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|/\*.*?\*/|\$[A-Za-z_][A-Za-z0-9_]*""", RegexOptions.Singleline)]
    private static partial Regex Parts();

    [GeneratedRegex(@"\b_row\b")]
    private static partial Regex NamesRow();
}
