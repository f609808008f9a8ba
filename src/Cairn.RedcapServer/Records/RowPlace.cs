using System.Globalization;
using Cairn.RedcapServer.Definitions;

namespace Cairn.RedcapServer.Records;

/// <summary>Finds the row of a record that an imported row is for.</summary>
internal sealed class RowPlace(Project project)
{
    public const string New = "new";

    /// <summary>Instances given to rows that asked for a new one, by record and what repeats.</summary>
    private readonly Dictionary<(string Record, int Event, string Form), int> _given = [];

    /// <summary>The row; null, with faults added, when there can be none. A new instance is one more than the last that is stored or was given before.</summary>
    /// <param name="last">The last instance stored.</param>
    public RowKey? Of(ImportRow row, List<ImportFault> faults, Func<int, string, int> last)
    {
        int before = faults.Count;
        if (Event(row, faults) is not { } at)
        {
            return null;
        }

        RowKey? key = row.RepeatInstrument.Length > 0 ? RepeatingForm(row, at, faults, last)
            : project.RepeatsEvent(at.Id) ? RepeatingEvent(row, at, faults, last)
            : Base(row, at, faults);
        foreach ((ImportColumn column, string value) in row.Values)
        {
            if (value.Length > 0 && row.Event is not null && !project.IsDesignated(at.Id, column.Form!.Name))
            {
                faults.Add(new ImportFault(row.Record, column.Name, value,
                    $"This field ('{column.Name}') exists on an instrument that is not designated for the event named '{at.Name} (Arm {at.Arm}: {project.Arm(at.Arm)?.Name})'. You are not allowed to import data for this field into this event."));
            }
        }

        return faults.Count == before ? key : null;
    }

    private Event? Event(ImportRow row, List<ImportFault> faults)
    {
        if (!project.Longitudinal || row.Event is null)
        {
            // Data that know of no events go to the first one of a longitudinal project too, whatever is designated for it (redcapAPI imports so).
            return project.FirstEvent;
        }

        Event? found = project.Event(row.Event);
        if (found is null)
        {
            faults.Add(new ImportFault(row.Record, ExportColumns.EventName, row.Event, row.Event.Length == 0
                ? "redcap_event_name must have a value because the project is longitudinal."
                : "redcap_event_name must be the unique name of an event of this project. It currently does not match any."));
        }

        return found;
    }

    private RowKey? RepeatingForm(ImportRow row, Event at, List<ImportFault> faults, Func<int, string, int> last)
    {
        string form = row.RepeatInstrument;
        if (!project.RepeatsForm(at.Id, form))
        {
            faults.Add(new ImportFault(row.Record, ExportColumns.RepeatInstrument, form,
                "redcap_repeat_instrument must be the unique form name of a Repeating Instrument. It currently does not match the unique form name of any Repeating Instruments.  Please fix this in the data import file and try again."));
            return null;
        }

        if (row.RepeatInstance.Length == 0)
        {
            NeedsInstance(row, faults);
            return null;
        }

        foreach ((ImportColumn column, string value) in row.Values)
        {
            if (value.Length > 0 && column.Form!.Name != form)
            {
                faults.Add(new ImportFault(row.Record, column.Name, value, $"This field ('{column.Name}') does not exist on the Repeating Instrument '{form}' that this row of data is for."));
            }
        }

        return Instance(row, at, form, faults, last) is { } instance ? new RowKey(at.Id, form, instance) : null;
    }

    private RowKey? RepeatingEvent(ImportRow row, Event at, List<ImportFault> faults, Func<int, string, int> last) =>
        row.RepeatInstance.Length == 0 ? new RowKey(at.Id, "", 1) : Instance(row, at, "", faults, last) is { } instance ? new RowKey(at.Id, "", instance) : null;

    private RowKey Base(ImportRow row, Event at, List<ImportFault> faults)
    {
        if (row.RepeatInstance.Length > 0 && row.Values.All(v => v.Value.Length == 0 || !project.RepeatsForm(at.Id, v.Column.Form!.Name)))
        {
            faults.Add(new ImportFault(row.Record, ExportColumns.RepeatInstance, row.RepeatInstance,
                "redcap_repeat_instance cannot have a value since this instrument or event is not a repeating instrument or repeating event, respectively.  The redcap_repeat_instance field must be left blank for this row of data."));
        }

        foreach ((ImportColumn column, string value) in row.Values)
        {
            if (value.Length > 0 && project.RepeatsForm(at.Id, column.Form!.Name))
            {
                faults.Add(NotRepeating(row, column, value));
            }
        }

        return new RowKey(at.Id, "", 0);
    }

    private static void NeedsInstance(ImportRow row, List<ImportFault> faults)
    {
        int before = faults.Count;
        foreach ((ImportColumn column, string value) in row.Values.Where(v => v.Value.Length > 0))
        {
            faults.Add(NotRepeating(row, column, value));
        }

        if (faults.Count == before)
        {
            faults.Add(new ImportFault(row.Record, ExportColumns.RepeatInstance, "", "redcap_repeat_instance must have a value for a row of a Repeating Instrument."));
        }
    }

    private static ImportFault NotRepeating(ImportRow row, ImportColumn column, string value) =>
        new(row.Record, column.Name, value,
            $"This field ('{column.Name}') exists on a Repeating Instrument named '{column.Form!.Name}'. However, the fields 'redcap_repeat_instance' and/or 'redcap_repeat_instrument' for this row of data have no value, which are both required for importing data into a Repeating Instrument.  You are not allowed to import data for this field into a non-repeating instrument.");

    private int? Instance(ImportRow row, Event at, string form, List<ImportFault> faults, Func<int, string, int> last)
    {
        var key = (row.Record, at.Id, form);
        if (row.RepeatInstance.Equals(New, StringComparison.OrdinalIgnoreCase))
        {
            return _given[key] = Math.Max(_given.GetValueOrDefault(key), last(at.Id, form)) + 1;
        }

        if (int.TryParse(row.RepeatInstance, NumberStyles.None, CultureInfo.InvariantCulture, out int instance) && instance is >= 1 and <= 32767)
        {
            _given[key] = Math.Max(_given.GetValueOrDefault(key), instance);
            return instance;
        }

        faults.Add(new ImportFault(row.Record, ExportColumns.RepeatInstance, row.RepeatInstance, "redcap_repeat_instance must be a whole number from 1 to 32767, or 'new'."));
        return null;
    }
}
