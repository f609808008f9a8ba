using System.Globalization;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Records;

namespace Cairn.RedcapServer.Odm;

/// <summary>Writes records as the <c>ClinicalData</c> of ODM, one at a time. Only what holds a value is written, and a checkbox that is not checked as 0.</summary>
internal sealed class OdmData(TextWriter to, OdmExport export, IReadOnlyList<OdmForm> forms)
{
    private readonly Project _project = export.Project;

    /// <summary>The elements begun for the value to come, of which the first <see cref="_written"/> are written: nothing empty is.</summary>
    private readonly List<(string Start, string End)> _open = [];
    private int _written;

    /// <param name="rows">Those of the record that are written.</param>
    public void Write(RecordData record, IReadOnlyList<DataRow> rows)
    {
        Begin($"\t<SubjectData SubjectKey=\"{OdmText.Escaped(record.Name)}\" redcap:RecordIdField=\"{_project.RecordId.Name}\">\n", "\t</SubjectData>\n");
        Reach();
        (int Event, int Instance)? current = null;
        foreach (DataRow row in rows)
        {
            RowKey key = row.Key;
            int instance = key.Form.Length == 0 ? Math.Max(key.Instance, 1) : 1;
            if (current != (key.EventId, instance))
            {
                BeginEvent(current is not null, key.EventId, instance);
                current = (key.EventId, instance);
            }

            foreach (OdmForm form in forms)
            {
                if (ExportColumn.Applies(form.Form.Name, key, _project))
                {
                    Form(record, row, form);
                }
            }
        }

        while (_open.Count > 0)
        {
            End();
        }
    }

    private void BeginEvent(bool after, int eventId, int instance)
    {
        if (!_project.Longitudinal)
        {
            return;
        }

        if (after)
        {
            End();
        }

        string unique = OdmText.Escaped(_project.EventOf(eventId).UniqueName);
        Begin(
            string.Create(CultureInfo.InvariantCulture, $"\t\t<StudyEventData StudyEventOID=\"Event.{unique}\" StudyEventRepeatKey=\"{instance}\" redcap:UniqueEventName=\"{unique}\">\n"),
            "\t\t</StudyEventData>\n");
    }

    private void Form(RecordData record, DataRow row, OdmForm form)
    {
        int instance = row.Key.Form.Length > 0 ? row.Key.Instance : 1;
        Begin(string.Create(CultureInfo.InvariantCulture, $"\t\t\t<FormData FormOID=\"Form.{form.Form.Name}\" FormRepeatKey=\"{instance}\">\n"), "\t\t\t</FormData>\n");
        foreach (OdmGroup group in form.Groups)
        {
            Begin($"\t\t\t\t<ItemGroupData ItemGroupOID=\"{group.Oid}\" ItemGroupRepeatKey=\"1\">\n", "\t\t\t\t</ItemGroupData>\n");
            foreach (OdmItem item in group.Items)
            {
                Item(record, row, form.Form, item);
            }

            End();
        }

        End();
    }

    private void Item(RecordData record, DataRow row, Form form, OdmItem item)
    {
        if (item.IsAgain || (item.Field is { } chosen ? !export.Fields(chosen) : item.Kind == OdmItemKind.Status && !export.Statuses(form)))
        {
            return;
        }

        if (item.Field is { Type: FieldType.File } field)
        {
            File(row.Cells[field.Cell], item);
            return;
        }

        string value = item.Kind switch
        {
            OdmItemKind.Check => row.Cells.IsChecked(item.Field!.Cell, item.Code) ? "1" : "0",
            OdmItemKind.Status => row.Cells[form.StatusCell],
            OdmItemKind.Timestamp => row.Cells[form.TimestampCell],
            OdmItemKind.DataAccessGroup => _project.Dag(record.Dag)?.UniqueName ?? "",
            OdmItemKind.SurveyIdentifier => "",
            _ => ReferenceEquals(item.Field, _project.RecordId) ? record.Name : row.Cells[item.Field!.Cell],
        };
        if (value.Length > 0)
        {
            Value(item.Oid, value);
        }

        // A missing data code that is checked has no item of its own.
        if (item.Kind == OdmItemKind.Check && item.Code == item.Field!.Choices[^1].Code && row.Cells.Holds(item.Field.Cell))
        {
            foreach (Choice missing in _project.MissingCodes.Where(m => row.Cells.IsChecked(item.Field.Cell, m.Code)))
            {
                Value(ChoiceList.Column(item.Variable, missing.Code), "1");
            }
        }
    }

    private void Value(string oid, string value)
    {
        Reach();
        to.Write("\t\t\t\t\t<ItemData");
        OdmText.Attribute(to, "ItemOID", oid);
        OdmText.Attribute(to, "Value", value);
        to.Write("/>\n");
    }

    private void File(string cell, OdmItem item)
    {
        if (cell.Length == 0)
        {
            return;
        }

        if (export.Files?.Invoke(cell) is { } file)
        {
            Reach();
            to.Write($"\t\t\t\t\t<ItemDataBase64Binary ItemOID=\"{item.Oid}\" redcap:DocName=\"{OdmText.Escaped(file.Name)}\" redcap:MimeType=\"{OdmText.Escaped(file.MediaType)}\"><![CDATA[");
            to.Write(Convert.ToBase64String(file.Content));
            to.Write("]]></ItemDataBase64Binary>\n");
        }
        else if (export.FileNames is { } name)
        {
            Value(item.Oid, name(cell));
        }
    }

    private void Begin(string start, string end) => _open.Add((start, end));

    /// <summary>Writes the beginnings that are not yet.</summary>
    private void Reach()
    {
        for (; _written < _open.Count; _written++)
        {
            to.Write(_open[_written].Start);
        }
    }

    private void End()
    {
        (_, string end) = _open[^1];
        _open.RemoveAt(_open.Count - 1);
        if (_written > _open.Count)
        {
            to.Write(end);
            _written = _open.Count;
        }
    }
}
