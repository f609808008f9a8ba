using Cairn.RedcapServer.Api;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Storage;

namespace Cairn.RedcapServer.Records;

/// <summary>Deletes records, or of records an arm, an event, an instrument or an instance: all of those named, or none.</summary>
internal sealed class RecordDeletion
{
    private readonly ApiContext _context;
    private readonly Project _project;
    private readonly ProjectSession _session;
    private readonly int? _arm;
    private readonly Event? _event;
    private readonly Form? _form;
    private readonly int? _instance;

    /// <summary>Throws <see cref="ApiRefusal"/> for an arm, event or instrument that is not there.</summary>
    public RecordDeletion(ApiContext context)
    {
        (_context, _project, _session) = (context, context.Project, context.Session);
        ApiCall call = context.Call;
        _arm = _project.Longitudinal ? call.Number("arm") : null;
        if (_arm is { } arm && _project.Arm(arm) is null)
        {
            throw ApiRefusal.NotValid("arm", [arm.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        }

        _event = call.Text("event") is { } name && _project.Longitudinal ? _project.Event(name) ?? throw ApiRefusal.NotValid("event", [name]) : null;
        _form = call.Text("instrument") is { } form ? _project.Form(form) ?? throw ApiRefusal.NotValid("instrument", [form]) : null;
        _instance = call.Number("repeat_instance");
    }

    /// <summary>How many records were deleted or had something deleted. Throws <see cref="ApiRefusal"/> when any does not exist.</summary>
    public int Delete(IReadOnlyList<string> names)
    {
        List<string> unknown = [.. names.Where(n => !Deletable(n))];
        if (unknown.Count > 0)
        {
            throw new ApiRefusal($"One or more of the records provided cannot be deleted because they do not exist in the project. The following records do not exist: {string.Join(", ", unknown)}");
        }

        foreach (string name in names)
        {
            RecordData record = _session.Record(name)!;
            if (_arm is null && _event is null && _form is null && _instance is null)
            {
                _session.Delete(name);
                _session.Log(LogKind.RecordDelete, $"Delete record (API) {name}", $"{_project.RecordId.Name} = '{name}'", name, record.Dag);
            }
            else
            {
                DeletePart(record);
            }

            if (_context.Call.Flag("delete_logging"))
            {
                _session.ForgetDetails(name);
            }
        }

        return names.Count;
    }

    private bool Deletable(string name) =>
        _session.Record(name) is { } record && (_context.User.Dag is null || record.Dag == _context.User.Dag)
        && (_arm is null || record.Rows.Any(r => _project.EventOf(r.Key.EventId).Arm == _arm));

    /// <summary>A record of which an arm was all there was goes; one that has lost an event or an instrument stays.</summary>
    private void DeletePart(RecordData record)
    {
        foreach (DataRow row in record.Rows.Where(r => Concerned(r.Key)).ToList())
        {
            if (_form is null || row.Key.Form == _form.Name)
            {
                record.Remove(row.Key);
                continue;
            }

            foreach (Field field in _project.FieldsOf(_form.Name))
            {
                row.Cells[field.Cell] = "";
            }

            row.Cells[_form.StatusCell] = "";
            row.Cells[_form.TimestampCell] = "";
        }

        string what = string.Join(", ", new[] { _arm is null ? null : $"arm {_arm}", _event?.UniqueName, _form?.Name, _instance is null ? null : $"instance {_instance}" }.OfType<string>());
        if (record.Rows.Count == 0 && _event is null && _form is null)
        {
            _session.Delete(record.Name);
        }
        else
        {
            _session.Save(record);
        }

        _session.Log(LogKind.RecordDelete, $"Delete record (API) {record.Name}", $"{_project.RecordId.Name} = '{record.Name}', {what}", record.Name, record.Dag);
    }

    private bool Concerned(RowKey key) =>
        (_arm is null || _project.EventOf(key.EventId).Arm == _arm) && (_event is null || key.EventId == _event.Id)
        && (_form is null || ExportColumn.Applies(_form.Name, key, _project)) && (_instance is null || key.IsBase || key.Instance == _instance);
}
