using System.Globalization;
using Cairn.RedcapServer.Api;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Records;
using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Odm;

/// <summary>Reads records sent as ODM into a flat table, so that they are imported like those in other formats.</summary>
internal static class OdmRecords
{
    /// <summary>
    /// Rows under the names of the record ID, <c>redcap_event_name</c> in longitudinal projects, <c>redcap_repeat_instrument</c> and <c>_instance</c> where there are
    /// any, and the items as they are named; forms of the same row are one row. Throws <see cref="ApiRefusal"/> for data that are not ODM.
    /// </summary>
    public static TextTable Read(string data, ApiContext context)
    {
        try
        {
            // A mark at the beginning is no part of the data; the declaration's encoding is that of the text before it was read.
            using var xml = new OdmXml(new StringReader(data.TrimStart('\uFEFF', ' ', '\r', '\n', '\t')));
            return Read(xml, context.Project);
        }
        catch (DataFormatException e)
        {
            throw new ApiRefusal(context.Options.MalformedDataStatus, e.Message);
        }
    }

    private static TextTable Read(OdmXml xml, Project project)
    {
        var table = new FlatRows(project);
        xml.Begin();
        if (xml.Name != "ODM")
        {
            throw xml.Wrong($"the element is {xml.Name}, and not ODM");
        }

        while (!xml.IsEmpty && xml.Next(0))
        {
            if (xml.Name == "ClinicalData")
            {
                foreach (OdmValue value in new OdmValues(xml).Read())
                {
                    table.Add(value);
                }
            }
        }

        xml.End();
        return table.Table();
    }

    /// <summary>Rows as they grow.</summary>
    private sealed class FlatRows(Project project)
    {
        /// <summary>A table has a place for each item in each row, where XML has only those that hold something.</summary>
        private const long MostCells = 100_000_000;

        private readonly List<string> _columns = [project.RecordId.Name, .. project.Longitudinal ? (string[])[ExportColumns.EventName] : []];
        private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
        private readonly Dictionary<(string Record, string Event, string Form, int Instance), List<string?>> _rows = [];

        public void Add(OdmValue value)
        {
            if (value.Item.Length == 0)
            {
                return;
            }

            List<string?> row = Row(value);
            string name = value.Item;
            if (name != project.RecordId.Name && name != value.RecordIdField)
            {
                // A file cannot be imported with a record; its name is passed over like a file's name in other formats.
                Set(row, name, value.File?.Name ?? value.Value);
            }
        }

        public TextTable Table() => (long)_rows.Count * _columns.Count <= MostCells
            ? new(_columns, [.. _rows.Values.Select(r => r.Concat(Enumerable.Repeat<string?>(null, _columns.Count - r.Count)).ToArray())])
            : throw new DataFormatException("The XML has more rows and items than are taken at once.");

        private List<string?> Row(OdmValue value)
        {
            Event? at = project.Longitudinal ? project.Event(value.Event) : project.FirstEvent;
            bool repeats = at is not null && project.RepeatsForm(at.Id, value.Form);
            bool eventRepeats = at is not null && project.RepeatsEvent(at.Id);
            // What the project does not let repeat, and has an instance nevertheless, is said to be so: the import then says what is wrong with it.
            (string form, int instance) = repeats || value.FormInstance > 1 ? (value.Form, value.FormInstance)
                : eventRepeats || value.EventInstance > 1 ? ("", value.EventInstance)
                : ("", 0);
            var key = (value.Record, value.Event, form, instance);
            if (!_rows.TryGetValue(key, out List<string?>? row))
            {
                _rows.Add(key, row = [value.Record, .. project.Longitudinal ? (string[])[value.Event] : []]);
                if (instance > 0)
                {
                    Set(row, ExportColumns.RepeatInstrument, form);
                    Set(row, ExportColumns.RepeatInstance, instance.ToString(CultureInfo.InvariantCulture));
                }
            }

            return row;
        }

        private void Set(List<string?> row, string column, string value)
        {
            if (!_places.TryGetValue(column, out int place))
            {
                _places.Add(column, place = _columns.Count);
                _columns.Add(column);
            }

            while (row.Count <= place)
            {
                row.Add(null);
            }

            row[place] = value;
        }
    }
}
