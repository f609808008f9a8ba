using System.Text;
using Cairn.Adapters.DuckDb;
using Cairn.Core.Expressions;
using Cairn.Core.Flows;

namespace Cairn.Tests.Expressions;

/// <summary>Rows that stand in a DuckDB table too, so that an expression can be tried in both forms.</summary>
internal sealed class CellTable : IDisposable
{
    private readonly DuckDbDatabase _database = DuckDbDatabase.Open(":memory:", new DuckDbOptions(Threads: 1));
    private readonly DuckDbConnection _connection;
    private readonly string[] _columns;
    private readonly IReadOnlyList<CellRow> _rows;
    private readonly IReadOnlyDictionary<string, ColumnType>? _types;

    public CellTable(string[] columns, IReadOnlyList<CellRow> rows, IReadOnlyDictionary<string, ColumnType>? types = null)
    {
        _columns = columns;
        _rows = rows;
        _types = types;
        _connection = _database.Connect();
        _connection.Execute($"create table cells (position bigint, _row bigint{string.Concat(columns.Select(c => $", {ExpressionSql.Identifier(c)} varchar"))})");
        using var fill = new DuckDbAppender(_connection, "cells");
        for (int at = 0; at < rows.Count; at++)
        {
            fill.BeginRow();
            fill.Append((long)at);
            fill.Append(rows[at].Row);
            for (int column = 0; column < columns.Length; column++)
            {
                if (rows[at].Text(column).IsEmpty)
                {
                    fill.AppendNull();
                }
                else
                {
                    fill.AppendUtf8(rows[at].Text(column));
                }
            }

            fill.EndRow();
        }

        fill.Close();
    }

    /// <summary>The value for each row by the native form, and by the SQL form; asserts that they are the same.</summary>
    public IReadOnlyList<string?> Values(Expression expression)
    {
        IReadOnlyList<string?> native = Native(expression);
        string sql = ExpressionSql.WriteText(expression, ExpressionSql.Identifier, _types);
        using DuckDbResult result = _connection.Query($"select {sql} from cells order by position");
        int at = 0;
        while (result.NextChunk())
        {
            for (int row = 0; row < result.RowCount; row++, at++)
            {
                string? value = result.IsNull(row, 0) ? null : Encoding.UTF8.GetString(result.Utf8(row, 0));
                if (value != native[at])
                {
                    string cells = string.Join(" ", _columns.Select((c, i) => $"{c}={Shown(Encoding.UTF8.GetString(_rows[at].Text(i)))}"));
                    Assert.Fail($"{expression.ToText()}\nnative {Shown(native[at])}\n   sql {Shown(value)}\nfor {cells}\n{sql}");
                }
            }
        }

        Assert.Equal(_rows.Count, at);
        IReadOnlyDictionary<string, ColumnType> types = _types ?? _columns.ToDictionary(c => c, _ => ColumnType.Text);
        if (ExpressionTypes.Check(expression, types, []) == Cairn.Core.Expressions.ValueType.Boolean)
        {
            KeepsTheSameRows(expression, native);
        }

        return native;
    }

    // An engine may take a condition after WHERE apart as it does no other expression.
    private void KeepsTheSameRows(Expression condition, IReadOnlyList<string?> native)
    {
        string sql = ExpressionSql.Write(condition, ExpressionSql.Identifier, _types);
        using DuckDbResult result = _connection.Query($"select position from cells where {sql} order by position");
        var kept = new List<int>();
        while (result.NextChunk())
        {
            kept.AddRange(Enumerable.Range(0, result.RowCount).Select(row => (int)result.Int64(row, 0)));
        }

        int[] wanted = [.. Enumerable.Range(0, native.Count).Where(i => native[i] == "true")];
        Assert.True(wanted.SequenceEqual(kept), $"{condition.ToText()}\nnative keeps {string.Join(' ', wanted)}\n   sql keeps {string.Join(' ', kept)}\n{sql}");
    }

    private List<string?> Native(Expression expression)
    {
        RowText compiled = ExpressionCompiler.Text(expression, name => Array.IndexOf(_columns, name), _types);
        var scratch = new Scratch();
        var values = new List<string?>();
        foreach (CellRow row in _rows)
        {
            scratch.Reset();
            values.Add(compiled.TryEval(row, scratch, out ReadOnlySpan<byte> value) ? Encoding.UTF8.GetString(value) : null);
        }

        return values;
    }

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    private static string Shown(string? text) =>
        text is null ? "null" : $"'{string.Concat(text.EnumerateRunes().Select(r => r.Value is > 0x20 and < 0x7F ? r.ToString() : $"<{r.Value:X4}>"))}'";
}
