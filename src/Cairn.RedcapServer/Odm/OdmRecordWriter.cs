using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Records;
using Cairn.RedcapServer.Storage;

namespace Cairn.RedcapServer.Odm;

/// <summary>Stores the records of a project's XML.</summary>
internal sealed class OdmRecordWriter(ProjectSession session, OdmXml xml, bool calculated)
{
    private readonly Project _project = session.Project;
    private readonly Dictionary<string, Action<RecordData, Cells, OdmValue>> _items = Items(session, calculated);

    public void Write(IEnumerable<OdmValue> values)
    {
        RecordData? record = null;
        foreach (OdmValue value in values)
        {
            if (value.Form.Length == 0)
            {
                Save(record);
                record = session.Record(value.Record) ?? new RecordData(value.Record, dag: null, _project);
                continue;
            }

            // A form makes its row, also where all that the row holds is the name of the record.
            DataRow row = record!.RowOrNew(Key(value));
            if (value.Item.Length > 0)
            {
                Action<RecordData, Cells, OdmValue> store = _items.GetValueOrDefault(value.Item) ?? throw xml.Wrong($"the item '{value.Item}' is no field of the project");
                store(record, row.Cells, value);
            }
        }

        Save(record);
    }

    private void Save(RecordData? record)
    {
        if (record is not null)
        {
            session.Save(record);
        }
    }

    private RowKey Key(OdmValue value)
    {
        int eventId = (_project.Longitudinal ? _project.Event(value.Event) : _project.FirstEvent)?.Id ?? throw xml.Wrong($"the event '{value.Event}' is none of the project");
        if (_project.Form(value.Form) is null)
        {
            throw xml.Wrong($"the form '{value.Form}' is none of the project");
        }

        return RecordData.KeyOf(_project, eventId, value.Form, _project.RepeatsForm(eventId, value.Form) ? value.FormInstance : value.EventInstance);
    }

    /// <summary>How each item of the project is stored.</summary>
    private static Dictionary<string, Action<RecordData, Cells, OdmValue>> Items(ProjectSession session, bool calculated)
    {
        Project project = session.Project;
        Dictionary<string, int> dags = project.Design.Dags.ToDictionary(d => d.UniqueName, d => d.Id, StringComparer.Ordinal);
        var items = new Dictionary<string, Action<RecordData, Cells, OdmValue>>(StringComparer.Ordinal)
        {
            [ExportColumns.DataAccessGroup] = (record, _, value) => record.Dag = dags.TryGetValue(value.Value, out int dag) ? dag : null,
            [ExportColumns.SurveyIdentifier] = (_, _, _) => { },
        };
        foreach (Form form in project.Design.Forms)
        {
            items[form.TimestampField] = (_, cells, value) => cells[form.TimestampCell] = value.Value;
            items[form.StatusField] = (_, cells, value) => cells[form.StatusCell] = value.Value;
        }

        foreach (Field field in project.Design.Fields)
        {
            if (field.IsCheckbox)
            {
                foreach (Choice choice in field.Choices.Concat(project.MissingCodes))
                {
                    items[ChoiceList.Column(field.Name, choice.Code)] = (_, cells, value) => cells.Check(field.Cell, choice.Code, value.Value == "1");
                }
            }
            else
            {
                items[field.Name] = ReferenceEquals(field, project.RecordId) || (field.Type == FieldType.Calc && !calculated) ? (_, _, _) => { }
                : field.Type == FieldType.File ? (_, cells, value) => cells[field.Cell] = value.File is { } file ? session.Add(file.Name, file.MediaType, file.Content) : ""
                    : (_, cells, value) => cells[field.Cell] = value.Value;
            }
        }

        return items;
    }
}
