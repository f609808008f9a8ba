using System.Globalization;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Records;

/// <summary>
/// Writes records with a row for each value: record, event (longitudinal), instrument and instance (where anything repeats), field name, value. Blank values have
/// none; a checkbox field has one for each code that is checked; the record id has one in each row that is no repeat. The fields of a row are in the order of their
/// names (REDCapR's and PHPCap's expected exports).
/// </summary>
internal sealed class EavRows(Project project, RecordQuery query, IReadOnlyList<ExportColumn> columns)
{
    private readonly Dictionary<int, Field> _checkboxes = project.Design.Fields.Where(f => f.IsCheckbox).ToDictionary(f => f.Cell);

    public void Write(IEnumerable<(RecordData Record, IReadOnlyList<DataRow> Rows)> picked, RowWriter writer)
    {
        var names = new List<Column> { new("record") };
        if (project.Longitudinal)
        {
            names.Add(new Column(ExportColumns.EventName));
        }

        if (project.HasRepeats)
        {
            names.Add(new Column(ExportColumns.RepeatInstrument));
            names.Add(new Column(ExportColumns.RepeatInstance, ColumnKind.Number));
        }

        ExportColumn[] ordered = [.. columns.OrderBy(c => Checkbox(c)?.Name ?? c.Name, StringComparer.Ordinal)];
        writer.Begin([.. names, new Column("field_name"), new Column("value")]);
        foreach ((RecordData record, IReadOnlyList<DataRow> rows) in picked)
        {
            foreach (DataRow row in rows)
            {
                Write(record, row, ordered, writer);
            }
        }

        writer.End();
    }

    private void Write(RecordData record, DataRow row, ExportColumn[] ordered, RowWriter writer)
    {
        var key = new List<string?> { record.Name };
        if (project.Longitudinal)
        {
            Event at = project.EventOf(row.Key.EventId);
            key.Add(query.Labels ? ExportColumns.LabelOf(at, project) : at.UniqueName);
        }

        if (project.HasRepeats)
        {
            key.Add(row.Key.Form);
            key.Add(row.Key.IsBase ? "" : row.Key.Instance.ToString(CultureInfo.InvariantCulture));
        }

        string? done = null;
        foreach (ExportColumn column in ordered)
        {
            if (column.Cell == 0)
            {
                if (column.Name == project.RecordId.Name && row.Key.Form.Length == 0)
                {
                    writer.Row([.. key, column.Name, record.Name]);
                }

                continue;
            }

            if (!column.AppliesTo(row.Key, project))
            {
                continue;
            }

            Field? checkbox = Checkbox(column);
            if (checkbox is null)
            {
                if (column.Value(new ExportRow(record, row)) is { Length: > 0 } value)
                {
                    writer.Row([.. key, column.Name, value]);
                }
            }
            else if (checkbox.Name != done)
            {
                done = checkbox.Name;
                foreach (string code in row.Cells[checkbox.Cell].Split('\n', StringSplitOptions.RemoveEmptyEntries))
                {
                    writer.Row([.. key, checkbox.Name, query.Labels ? checkbox.LabelOf(code) ?? code : code]);
                }
            }
        }
    }

    private Field? Checkbox(ExportColumn column) => _checkboxes.GetValueOrDefault(column.Cell);
}
