using Cairn.RedcapServer.Definitions;

namespace Cairn.RedcapServer.Records;

/// <summary>
/// Which row of a record: its event, and what repeats. <c>("", 0)</c> is the row of what does not repeat; <c>("", n)</c> instance n of a repeating event;
/// <c>(form, n)</c> instance n of a repeating instrument.
/// </summary>
public readonly record struct RowKey(int EventId, string Form, int Instance)
{
    public bool IsBase => Instance == 0;
}

/// <summary>One row of a record.</summary>
public sealed record DataRow(RowKey Key, Cells Cells);

/// <summary>A record with all its rows, in the order in which they are exported: event, then what does not repeat, then forms in their order by instance.</summary>
public sealed class RecordData(string name, int? dag, Project project)
{
    private readonly SortedList<RowKey, DataRow> _rows = new(Comparer<RowKey>.Create((a, b) => Compare(a, b, project)));

    public string Name { get; } = name;

    /// <summary>The data access group; null when in none.</summary>
    public int? Dag { get; set; } = dag;

    public IList<DataRow> Rows => _rows.Values;

    public DataRow? Row(RowKey key) => _rows.GetValueOrDefault(key);

    /// <summary>The row, made when it is not there.</summary>
    public DataRow RowOrNew(RowKey key)
    {
        if (!_rows.TryGetValue(key, out DataRow? row))
        {
            _rows.Add(key, row = new DataRow(key, new Cells()));
        }

        return row;
    }

    public void Add(DataRow row) => _rows.Add(row.Key, row);

    public void Remove(RowKey key) => _rows.Remove(key);

    /// <summary>The highest instance of a repeating form (or, with a blank form, event); 0 when there is none.</summary>
    public int LastInstance(int eventId, string form) => _rows.Keys.Where(k => k.EventId == eventId && k.Form == form).Select(k => k.Instance).DefaultIfEmpty(0).Max();

    /// <summary>The row that holds a form's values in an event: its own when it repeats, that of the event otherwise.</summary>
    public static RowKey KeyOf(Project project, int eventId, string form, int instance) =>
        project.RepeatsForm(eventId, form) ? new RowKey(eventId, form, Math.Max(instance, 1))
        : project.RepeatsEvent(eventId) ? new RowKey(eventId, "", Math.Max(instance, 1))
        : new RowKey(eventId, "", 0);

    /// <summary>Whether the project has such a row as it is now. Others, of events that are gone and of what no longer repeats, stay stored and do not show.</summary>
    public static bool Stands(Project project, RowKey key) =>
        project.OrderOfEvent(key.EventId) != int.MaxValue && (key.Form.Length > 0 ? project.RepeatsForm(key.EventId, key.Form) : key.IsBase || project.RepeatsEvent(key.EventId));

    private static int Compare(RowKey a, RowKey b, Project project)
    {
        int order = project.OrderOfEvent(a.EventId).CompareTo(project.OrderOfEvent(b.EventId));
        order = order != 0 ? order : a.EventId.CompareTo(b.EventId);
        order = order != 0 ? order : project.OrderOfForm(a.Form).CompareTo(project.OrderOfForm(b.Form));
        order = order != 0 ? order : string.CompareOrdinal(a.Form, b.Form);
        return order != 0 ? order : a.Instance.CompareTo(b.Instance);
    }
}
