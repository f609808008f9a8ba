using System.Globalization;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Storage;

namespace Cairn.RedcapServer.Records;

/// <summary>
/// The columns of a flat export in their order: record id, event, repeat, survey identifier, group, then each form's fields in the order of the dictionary with
/// the form's status last.
/// </summary>
public static class ExportColumns
{
    public const string EventName = "redcap_event_name";
    public const string RepeatInstrument = "redcap_repeat_instrument";
    public const string RepeatInstance = "redcap_repeat_instance";
    public const string SurveyIdentifier = "redcap_survey_identifier";
    public const string DataAccessGroup = "redcap_data_access_group";

    /// <summary>Where a survey's identifier is stored; no field has this number.</summary>
    public const int SurveyIdentifierCell = 0;

    /// <summary>The columns that are no fields.</summary>
    public static IReadOnlySet<string> Pseudo { get; } = new HashSet<string>(StringComparer.Ordinal) { EventName, RepeatInstrument, RepeatInstance, SurveyIdentifier, DataAccessGroup };

    /// <param name="mayExport">Whether the user's rights let a field's values out, or, where there is no field, its form's status.</param>
    public static IReadOnlyList<ExportColumn> Of(Project project, RecordQuery query, Func<Field?, Form, bool> mayExport)
    {
        bool all = query.Fields is null && query.Forms is null;
        var columns = new List<ExportColumn>();
        bool withId = all || query.Fields?.Contains(project.RecordId.Name) == true || query.Forms?.Contains(project.RecordId.Form) == true;
        if (withId)
        {
            columns.Add(new ExportColumn(project.RecordId.Name, project.RecordId.Label, "", 0, r => r.Record.Name));
            columns.AddRange(Keys(project, query));
        }

        foreach (Form form in project.Design.Forms)
        {
            bool whole = all || query.Forms?.Contains(form.Name) == true;
            if (query.SurveyFields && form.IsSurvey && mayExport(null, form) && (whole || project.FieldsOf(form.Name).Any(f => query.Fields?.Contains(f.Name) == true)))
            {
                columns.Add(new ExportColumn(form.TimestampField, "Survey Timestamp", form.Name, form.TimestampCell, r => r.Row.Cells[form.TimestampCell]));
            }

            foreach (Field field in project.FieldsOf(form.Name).Where(f => f.HoldsData && f != project.RecordId && (whole || query.Fields?.Contains(f.Name) == true) && mayExport(f, form)))
            {
                columns.AddRange(query.CombineCheckboxes || !field.IsCheckbox ? [Plain(field, project, query)] : Checkbox(field, project, query));
            }

            if ((whole || query.Fields?.Contains(form.StatusField) == true) && mayExport(null, form))
            {
                columns.Add(Status(form, query));
            }
        }

        return query.Order is null ? columns : InOrder(columns, query.Order, project);
    }

    /// <summary>A field's value as it is exported: its label where labels are asked for, a file's name, numbers with the decimal character wanted.</summary>
    public static string Shown(Field field, string value, Project project, RecordQuery query)
    {
        if (value.Length == 0)
        {
            return "";
        }

        if (field.Type == FieldType.File)
        {
            return query.FilesAsDocument ? "[document]" : StoredFiles.NameIn(value);
        }

        if (query.Labels && (field.LabelOf(value) ?? project.MissingCodes.FirstOrDefault(c => c.Code == value).Label) is { } label)
        {
            return PlainText(label);
        }

        if (query.DecimalCharacter is { } decimalCharacter && (field.Type == FieldType.Calc || field.Validation.StartsWith("number", StringComparison.Ordinal)))
        {
            char other = decimalCharacter == ',' ? '.' : ',';
            return value.Replace(other, decimalCharacter);
        }

        return value;
    }

    /// <summary>The label of an event: its name, with the arm where there are several.</summary>
    public static string LabelOf(Event at, Project project) =>
        project.Design.Arms.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $"{at.Name} (Arm {at.Arm}: {project.Arm(at.Arm)?.Name})") : at.Name;

    private static List<ExportColumn> InOrder(List<ExportColumn> columns, IReadOnlyList<string> fields, Project project)
    {
        List<int> cells = [.. fields.Select(f => project.Field(f)?.Cell ?? project.FormOfStatus(f)?.StatusCell ?? 0)];
        return [.. columns.OrderBy(c => c.Form.Length == 0 ? -1 : cells.IndexOf(c.Cell))];
    }

    private static IEnumerable<ExportColumn> Keys(Project project, RecordQuery query)
    {
        if (project.Longitudinal)
        {
            yield return new ExportColumn(EventName, "Event Name", "", 0, r => query.Labels ? LabelOf(project.EventOf(r.Row.Key.EventId), project) : project.EventOf(r.Row.Key.EventId).UniqueName);
        }

        if (project.HasRepeats)
        {
            yield return new ExportColumn(RepeatInstrument, "Repeat Instrument", "", 0, r => query.Labels && project.Form(r.Row.Key.Form) is { } form ? form.Label : r.Row.Key.Form);
            yield return new ExportColumn(RepeatInstance, "Repeat Instance", "", 0, r => r.Row.Key.IsBase ? "" : r.Row.Key.Instance.ToString(CultureInfo.InvariantCulture)) { Number = true };
        }

        if (query.SurveyFields)
        {
            yield return new ExportColumn(SurveyIdentifier, "Survey Identifier", "", 0, r => r.Row.Cells[SurveyIdentifierCell]);
        }

        if (query.DataAccessGroups)
        {
            yield return new ExportColumn(DataAccessGroup, "Data Access Group", "", 0, r => project.Dag(r.Record.Dag) is { } dag ? query.Labels ? dag.Name : dag.UniqueName : "");
        }
    }

    private static ExportColumn Plain(Field field, Project project, RecordQuery query) =>
        new(field.Name, PlainText(field.Label), field.Form, field.Cell, field.IsCheckbox
            ? r => string.Join(',', r.Row.Cells[field.Cell].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(c => query.Labels ? field.LabelOf(c) ?? c : c))
            : r => Shown(field, r.Row.Cells[field.Cell], project, query));

    private static IEnumerable<ExportColumn> Checkbox(Field field, Project project, RecordQuery query)
    {
        foreach (Choice choice in field.Choices.Concat(project.MissingCodes))
        {
            string on = !query.Labels ? "1" : query.CheckboxLabels ? PlainText(choice.Label) : "Checked";
            string off = !query.Labels ? "0" : query.CheckboxLabels ? "" : "Unchecked";
            yield return new ExportColumn(
                ChoiceList.Column(field.Name, choice.Code), $"{PlainText(field.Label)} (choice={PlainText(choice.Label)})", field.Form, field.Cell,
                r => r.Row.Cells.IsChecked(field.Cell, choice.Code) ? on : off);
        }
    }

    private static ExportColumn Status(Form form, RecordQuery query)
    {
        string untouched = query.BlankForGrayStatus ? "" : "0";
        return new ExportColumn(form.StatusField, "Complete?", form.Name, form.StatusCell, r =>
        {
            string status = r.Row.Cells[form.StatusCell] is { Length: > 0 } stored ? stored : untouched;
            return query.Labels && Form.Statuses.FirstOrDefault(s => s.Code == status).Label is { } label ? label : status;
        });
    }

    /// <summary>A label without the line breaks and tags that its form shows it with.</summary>
    internal static string PlainText(string label)
    {
        string plain = LabelText.WithoutTags(label);
        return ReferenceEquals(plain, label) && plain.AsSpan().IndexOfAny('\n', '\r') < 0 ? label : plain.Replace('\n', ' ').Replace('\r', ' ').Trim();
    }
}
