using Cairn.RedcapServer.Api;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Storage;
using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Records;

/// <summary>What an import did: the records, in the order in which they came, with the names they came under.</summary>
public sealed record Imported(IReadOnlyList<(string Record, string Given)> Records);

/// <summary>
/// Imports records: every cell is checked first and every fault reported; only then is anything changed, within the transaction of the call.
/// </summary>
public sealed class RecordImport
{
    private readonly ApiContext _context;
    private readonly ProjectSession _session;
    private readonly Project _project;
    private readonly bool _overwrite;
    private readonly DateOrder _order;
    private readonly bool _number;
    private readonly List<ImportFault> _faults = [];
    private readonly Dictionary<string, RecordChange> _records = new(StringComparer.Ordinal);
    private readonly List<(string Record, string Given)> _names = [];
    private readonly RecordNames _next;
    private readonly bool _copy;

    /// <param name="copy">The data are a copy of a project's records: values are taken as they are, survey identifiers and times with them.</param>
    public RecordImport(ApiContext context, bool copy = false)
    {
        _copy = copy;
        (_context, _session, _project) = (context, context.Session, context.Project);
        ApiCall call = context.Call;
        _overwrite = call.Word("overwriteBehavior", "normal", "overwrite") == "overwrite";
        _order = call.Word("dateFormat", "YMD", "MDY", "DMY") switch { "MDY" => DateOrder.MonthDayYear, "DMY" => DateOrder.DayMonthYear, _ => DateOrder.YearMonthDay };
        _number = call.Flag("forceAutoNumber") && _project.Settings.AutoNumbering;
        _next = new RecordNames(_session, context.User.Dag);
    }

    /// <summary>Throws <see cref="ApiRefusal"/> with a line for every value that cannot be imported.</summary>
    public Imported Import(TextTable data, bool eav)
    {
        if (_context.User.Dag is not null && data.IndexOf(ExportColumns.DataAccessGroup) >= 0)
        {
            throw new ApiRefusal($"Illegal use of '{ExportColumns.DataAccessGroup}' field!");
        }

        var place = new RowPlace(_project);
        var given = new Dictionary<string, RecordChange>(StringComparer.Ordinal);
        foreach (ImportRow row in ImportRows.Read(data, eav, _project, _context.Options))
        {
            if (row.Record.Length is 0 or > 100)
            {
                _faults.Add(new ImportFault(row.Record, _project.RecordId.Name, row.Record, row.Record.Length == 0 ? "The record name is blank." : "The record name is longer than 100 characters."));
                continue;
            }

            if (!given.TryGetValue(row.Record, out RecordChange? change))
            {
                given.Add(row.Record, change = Open(row.Record));
            }

            if (place.Of(row, _faults, change.Record.LastInstance) is { } key)
            {
                Apply(row, key, change);
            }
        }

        Unique();
        if (_faults.Count > 0)
        {
            throw new ApiRefusal(string.Join('\n', _faults.Distinct()));
        }

        Save();
        return new Imported(_names);
    }

    private RecordChange Open(string given)
    {
        string name = _number ? _next.Take() : given;
        RecordData? stored = _number ? null : _session.Record(name);
        if (stored is null)
        {
            if (!_context.Rights.May("record_create"))
            {
                _faults.Add(new ImportFault(given, _project.RecordId.Name, given, "Your user privileges do NOT allow you to create new records."));
            }
            else if (!_number && _project.Settings.AutoNumbering && _context.Options.AutoNumberingRefusesIds)
            {
                _faults.Add(new ImportFault(given, _project.RecordId.Name, given, "New records cannot be named in a project that numbers its records by itself, unless forceAutoNumber is used."));
            }
        }
        else if (_context.User.Dag is { } dag && stored.Dag != dag)
        {
            _faults.Add(new ImportFault(given, _project.RecordId.Name, given, "This record belongs to another Data Access Group. You are not allowed to modify it."));
        }

        var change = new RecordChange(stored ?? new RecordData(name, _context.User.Dag, _project), isNew: stored is null);
        _records[name] = change;
        _names.Add((name, given));
        return change;
    }

    private void Apply(ImportRow row, RowKey key, RecordChange change)
    {
        Group(row, change);
        DataRow at = change.Record.RowOrNew(key);
        if (_copy && row.SurveyIdentifier is { Length: > 0 } identifier)
        {
            change.Set(at, ExportColumns.SurveyIdentifierCell, ExportColumns.SurveyIdentifier, identifier);
        }

        var touched = new HashSet<Form>();
        foreach ((ImportColumn column, string value) in row.Values)
        {
            if (column.Kind == ImportKind.Timestamp)
            {
                if (_copy && value.Length > 0)
                {
                    change.Set(at, column.Form!.TimestampCell, column.Name, value);
                }

                continue;
            }

            if (value.Length == 0)
            {
                if (_overwrite && ExportColumn.Applies(column.Form!.Name, key, _project))
                {
                    change.Erase(at, column);
                }

                continue;
            }

            string stored = value;
            if (!_copy && CellCheck.Refused(column, value, _project, _order, out stored) is { } why)
            {
                _faults.Add(new ImportFault(row.Record, column.Name, value, why));
                continue;
            }

            touched.Add(column.Form!);
            change.Set(at, column, stored);
        }

        foreach (Form form in touched)
        {
            // A form in which something was entered has a status from then on.
            if (!at.Cells.Holds(form.StatusCell))
            {
                at.Cells[form.StatusCell] = "0";
            }
        }
    }

    private void Group(ImportRow row, RecordChange change)
    {
        if (row.Dag is not { } name || (name.Length == 0 && !_overwrite))
        {
            return;
        }

        Dag? dag = _project.Dag(name);
        if (dag is null && name.Length > 0)
        {
            _faults.Add(new ImportFault(row.Record, ExportColumns.DataAccessGroup, name, "The value is not the unique name of a Data Access Group of this project."));
        }
        else
        {
            change.Assign(dag);
        }
    }

    /// <summary>No other record has the same value in the secondary unique field.</summary>
    private void Unique()
    {
        if (_project.Settings.SecondaryUniqueField is not { Length: > 0 } name || _project.Field(name) is not { } field || !_records.Values.Any(r => r.Changed(field)))
        {
            return;
        }

        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (RecordData record in _session.Records().Where(r => !_records.ContainsKey(r.Name)).Concat(_records.Values.Select(c => c.Record)))
        {
            foreach (string value in record.Rows.Select(r => r.Cells[field.Cell]).Where(v => v.Length > 0).Distinct())
            {
                if (!seen.TryAdd(value, record.Name) && _records.ContainsKey(record.Name))
                {
                    _faults.Add(new ImportFault(record.Name, name, value, $"The field '{name}' is the secondary unique field, and the record '{seen[value]}' has this value already."));
                }
            }
        }
    }

    private void Save()
    {
        var calculations = new Calculations(_project, _context.User, _session.Now);
        foreach ((_, RecordChange change) in _records)
        {
            RecordData record = change.Record;
            if (record.Rows.Count == 0)
            {
                record.RowOrNew(new RowKey(_project.FirstEvent.Id, "", 0));
            }

            bool computed = calculations.Compute(record);
            if (!change.IsNew && change.Details.Count == 0 && !computed)
            {
                continue;
            }

            _session.Save(record);
            if (change.IsNew || change.Details.Count > 0)
            {
                IEnumerable<string> details = change.IsNew ? [$"{_project.RecordId.Name} = '{record.Name}'", .. change.Details] : change.Details;
                _session.Log(change.IsNew ? LogKind.RecordAdd : LogKind.RecordEdit, $"{(change.IsNew ? "Create" : "Update")} record (API) {record.Name}", string.Join(", ", details), record.Name, record.Dag);
            }
        }
    }
}
