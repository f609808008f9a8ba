using System.Globalization;
using Cairn.RedcapServer.Definitions;

namespace Cairn.RedcapServer.Records;

/// <summary>A record with what an import changes in it, in the words of the log.</summary>
internal sealed class RecordChange(RecordData record, bool isNew)
{
    private readonly HashSet<int> _cells = [];

    public RecordData Record { get; } = record;

    public bool IsNew { get; } = isNew;

    /// <summary><c>field = 'value'</c> and <c>checkbox(code) = checked</c>, of an instance behind <c>[instance = n]</c>.</summary>
    public List<string> Details { get; } = [];

    /// <summary>Whether a field has another value than before.</summary>
    public bool Changed(Field field) => _cells.Contains(field.Cell);

    public void Set(DataRow row, ImportColumn column, string value)
    {
        if (column.Kind == ImportKind.Checkbox)
        {
            bool on = value == "1";
            if (on != row.Cells.IsChecked(column.Field!.Cell, column.Code!))
            {
                row.Cells.Check(column.Field.Cell, column.Code!, on);
                Say(row, column.Field.Cell, $"{column.Field.Name}({column.Code}) = {(on ? "checked" : "unchecked")}");
            }

            return;
        }

        Set(row, column.Field?.Cell ?? column.Form!.StatusCell, column.Name, value);
    }

    public void Set(DataRow row, int cell, string name, string value)
    {
        if (row.Cells[cell] != value)
        {
            row.Cells[cell] = value;
            Say(row, cell, $"{name} = '{value}'");
        }
    }

    public void Erase(DataRow row, ImportColumn column)
    {
        if (column.Kind == ImportKind.Checkbox)
        {
            Set(row, column, "0");
            return;
        }

        int cell = column.Field?.Cell ?? column.Form!.StatusCell;
        Set(row, cell, column.Name, "");
    }

    public void Assign(Dag? dag)
    {
        if (Record.Dag != dag?.Id)
        {
            Record.Dag = dag?.Id;
            Details.Add($"{ExportColumns.DataAccessGroup} = '{dag?.UniqueName}'");
        }
    }

    private void Say(DataRow row, int cell, string what)
    {
        _cells.Add(cell);
        Details.Add(row.Key.IsBase ? what : string.Create(CultureInfo.InvariantCulture, $"[instance = {row.Key.Instance}] {what}"));
    }
}
