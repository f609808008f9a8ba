using System.Globalization;
using Cairn.RedcapServer.Api;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Records;
using Cairn.RedcapServer.Storage;
using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Contents;

/// <summary>Instruments on paper: each on a page of its own, blank or with a row's values. What the user may not export is left out.</summary>
/// <param name="context">Whose rights and project.</param>
/// <param name="compact">Without fields that have no value, choices that are not chosen, and notes.</param>
internal sealed class FormPdf(ApiContext context, bool compact)
{
    private readonly PdfDocument _pdf = new(context.Project.Settings.Title);
    private readonly Project _project = context.Project;

    public byte[] Write() => _pdf.Write();

    /// <summary>The form to be filled in by hand.</summary>
    public void Blank(Form form, Event? at)
    {
        Head(form, at, 0);
        foreach (Field field in Fields(form))
        {
            Section(field);
            Field(field, "");
        }
    }

    /// <summary>The form with a record's values; an instance's number is told where there can be several.</summary>
    public void Filled(Form form, RecordData record, RowKey key, Event? at)
    {
        Cells cells = record.Row(key)?.Cells ?? new Cells();
        Head(form, at, key.Instance);
        if (form.Name != _project.RecordId.Form)
        {
            _pdf.Line($"{ExportColumns.PlainText(_project.RecordId.Label)} {record.Name}");
        }

        foreach (Field field in Fields(form))
        {
            string value = field.Cell == _project.RecordId.Cell ? record.Name : cells[field.Cell];
            if (!compact || value.Length > 0 || field.Type == FieldType.Descriptive)
            {
                Section(field);
                Field(field, value);
            }
        }

        if (cells[form.StatusCell] is { Length: > 0 } status)
        {
            _pdf.Line("Complete? " + Form.Statuses.FirstOrDefault(s => s.Code == status).Label);
        }
    }

    private IEnumerable<Field> Fields(Form form) => _project.FieldsOf(form.Name).Where(f => ExportLevel.Lets(f, context.Rights, _project));

    private void Head(Form form, Event? at, int instance)
    {
        _pdf.NewPage();
        _pdf.Line(_project.Settings.Title, size: 8);
        string label = ExportColumns.PlainText(form.Label) + (at is null ? "" : $" - {at.Name}") + (instance == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" #{instance}"));
        _pdf.Line(label, size: 14, bold: true);
        _pdf.Space(6);
    }

    private void Section(Field field)
    {
        if (field.SectionHeader.Length > 0)
        {
            _pdf.Space(4);
            _pdf.Line(ExportColumns.PlainText(field.SectionHeader), size: 11, bold: true);
        }
    }

    private void Field(Field field, string value)
    {
        string label = ExportColumns.PlainText(field.Label);
        if (field.Choices.Count > 0)
        {
            _pdf.Line(label);
            foreach (Choice choice in field.Choices)
            {
                bool chosen = field.IsCheckbox ? Cells.IsChecked(value, choice.Code) : value == choice.Code;
                if (!compact || chosen)
                {
                    string mark = chosen ? "x" : " ";
                    _pdf.Line($"{(field.IsCheckbox ? $"[{mark}]" : $"({mark})")} {ExportColumns.PlainText(choice.Label)}", indent: 18);
                }
            }
        }
        else
        {
            string shown = field.Type == FieldType.File ? StoredFiles.NameIn(value) : value;
            _pdf.Line(shown.Length > 0 || !field.HoldsData ? $"{label} {shown}".TrimEnd() : $"{label} {new string('_', compact ? 10 : 34)}");
        }

        if (field.Note.Length > 0 && !compact)
        {
            _pdf.Line(ExportColumns.PlainText(field.Note), size: 8, indent: 18);
        }
    }
}
