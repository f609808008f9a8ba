using Cairn.RedcapServer.Api;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Storage;
using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Records;

/// <summary>Exports records: picks them, picks their rows, and writes them one by one, so that the size of a project does not matter.</summary>
public sealed class RecordExport
{
    private readonly ApiContext _context;
    private readonly RecordQuery _query;
    private readonly Project _project;
    private readonly ProjectSession _session;
    private readonly RecordLogic? _filter;

    public RecordExport(ApiContext context, RecordQuery query)
    {
        (_context, _query, _project, _session) = (context, query, context.Project, context.Session);
        _filter = query.Filter is null ? null : new RecordLogic(query.Filter, context);
        Rights rights = context.Rights;
        if (rights.FormsExport.Count > 0 && _project.Design.Forms.All(f => rights.FormsExport.GetValueOrDefault(f.Name) == ExportLevel.None))
        {
            throw ApiRefusal.NoRight("You do not have Data Export privileges");
        }

        Columns = ExportColumns.Of(_project, query, (field, form) => field is null ? ExportLevel.Of(form.Name, rights) != ExportLevel.None : ExportLevel.Lets(field, rights, _project));
        if (query.Records is { } asked && context.Options.RefuseUnknownRecords && asked.Where(r => !_session.Exists(r)).ToList() is { Count: > 0 } unknown)
        {
            throw ApiRefusal.NotValid("records", unknown);
        }
    }

    /// <summary>Of a flat export.</summary>
    public IReadOnlyList<ExportColumn> Columns { get; }

    /// <summary>The records asked for with those of their rows that are asked for, in order. What the filter, the events and the user's group leave out is left out.</summary>
    public IEnumerable<(RecordData Record, IReadOnlyList<DataRow> Rows)> Picked()
    {
        HashSet<string>? touched = _query.After is null && _query.Before is null ? null : Touched();
        IEnumerable<RecordData> records = _query.Records is { } names ? _session.Records(names)
            : touched is not null ? _session.Records(touched)
            : _session.Records();
        int left = _context.MostRecords ?? int.MaxValue;
        foreach (RecordData record in records)
        {
            if ((_context.User.Dag is { } dag && record.Dag != dag) || touched?.Contains(record.Name) == false)
            {
                continue;
            }

            List<DataRow> rows = [.. Rows(record).Where(row => Wanted(record, row))];
            if (rows.Count > 0 && left-- > 0)
            {
                yield return (record, rows);
            }
        }
    }

    public void Write(Stream to, DataFormat format, char delimiter)
    {
        using RowWriter writer = RowWriter.Of(format, to, delimiter, ("records", "item"));
        if (_query.Eav)
        {
            new EavRows(_project, _query, Columns).Write(Picked(), writer);
            return;
        }

        bool labels = _query.LabelHeaders && format == DataFormat.Csv;
        writer.Begin([.. Columns.Select(c => new Column(c.Name, c.Number ? ColumnKind.Number : ColumnKind.Text, labels ? c.Label : null))]);
        string[] values = new string[Columns.Count];
        foreach ((RecordData record, IReadOnlyList<DataRow> rows) in Picked())
        {
            foreach (DataRow row in rows)
            {
                string? form = null;
                bool applies = false;
                for (int i = 0; i < values.Length; i++)
                {
                    ExportColumn column = Columns[i];
                    if (!ReferenceEquals(column.Form, form))
                    {
                        // Asked once for all columns of a form, which stand together.
                        (form, applies) = (column.Form, column.AppliesTo(row.Key, _project));
                    }

                    string value = applies ? column.Value(new ExportRow(record, row)) : "";
                    values[i] = _query.ForSpreadsheets ? ForSpreadsheet(value) : _query.OneLine ? OneLine(value) : value;
                }

                writer.Row(values);
            }
        }

        writer.End();
    }

    private static string OneLine(string value) => value.ReplaceLineEndings("  ");

    private static string ForSpreadsheet(string value)
    {
        string one = OneLine(value);
        return one.Length > 0 && one[0] is '-' or '=' or '+' or '@' ? " " + one : one;
    }

    /// <summary>A record of which nothing is stored but its name has one row.</summary>
    private IEnumerable<DataRow> Rows(RecordData record) => record.Rows.Count > 0 ? record.Rows : [new DataRow(new RowKey(_project.FirstEvent.Id, "", 0), new Cells())];

    private bool Wanted(RecordData record, DataRow row)
    {
        if (_query.Events?.Contains(row.Key.EventId) == false || !RecordData.Stands(_project, row.Key))
        {
            return false;
        }

        return Holds(row) && (_filter is null || _filter.IsTrue(record, row.Key));
    }

    /// <summary>Whether the row has anything of what is exported. The only row of a record of a classic project always has.</summary>
    private bool Holds(DataRow row)
    {
        if (row.Key.Form.Length > 0 && _project.OrderOfForm(row.Key.Form) == int.MaxValue)
        {
            return false;
        }

        if (row.Key is { IsBase: true } && (!_project.Longitudinal || Columns.Any(c => c is { Form: "", Cell: 0 })))
        {
            return true;
        }

        foreach (ExportColumn column in Columns)
        {
            if (column.Cell != 0 && column.AppliesTo(row.Key, _project) && row.Cells.Holds(column.Cell))
            {
                return true;
            }
        }

        return false;
    }

    private HashSet<string> Touched() => [.. _session.LogEntries()
        .Where(e => e.Record is not null && e.Kind is LogKind.RecordAdd or LogKind.RecordEdit or LogKind.RecordDelete)
        .Where(e => (_query.After is null || string.CompareOrdinal(e.At, _query.After) > 0) && (_query.Before is null || string.CompareOrdinal(e.At, _query.Before) < 0))
        .Select(e => e.Record!)];
}
