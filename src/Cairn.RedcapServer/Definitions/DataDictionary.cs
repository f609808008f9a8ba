using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Definitions;

/// <summary>
/// A project's data dictionary as a table, with the headers of REDCap's web page (<c>Variable / Field Name</c>) or of its API (<c>field_name</c>). Values are
/// the same under both: published dictionaries show validation types by the names the API gives them.
/// </summary>
public static class DataDictionary
{
    /// <summary>The columns in the API.</summary>
    public static IReadOnlyList<string> ApiHeaders { get; } =
    [
        "field_name", "form_name", "section_header", "field_type", "field_label", "select_choices_or_calculations", "field_note", "text_validation_type_or_show_slider_number",
        "text_validation_min", "text_validation_max", "identifier", "branching_logic", "required_field", "custom_alignment", "question_number", "matrix_group_name",
        "matrix_ranking", "field_annotation",
    ];

    /// <summary>The same columns in a file from the web page.</summary>
    public static IReadOnlyList<string> WebHeaders { get; } =
    [
        "Variable / Field Name", "Form Name", "Section Header", "Field Type", "Field Label", "Choices, Calculations, OR Slider Labels", "Field Note",
        "Text Validation Type OR Show Slider Number", "Text Validation Min", "Text Validation Max", "Identifier?", "Branching Logic (Show field only if...)", "Required Field?",
        "Custom Alignment", "Question Number (surveys only)", "Matrix Group Name", "Matrix Ranking?", "Field Annotation",
    ];

    /// <summary>
    /// The definition with this dictionary in place of its own. A field that is still there keeps its data, an instrument its label, survey, events and rights;
    /// whoever has rights in the project has full ones to a new instrument. Throws <see cref="DictionaryException"/> with all that is wrong.
    /// </summary>
    /// <param name="rows">Under headers of either kind, the columns in any order; name, form, type and label are needed.</param>
    public static Design Apply(TextTable rows, Design old)
    {
        var table = new DictionaryTable(rows);
        if (table.Faults.Count == 0)
        {
            List<Field> fields = [.. Enumerable.Range(0, table.Count).Select(row => DictionaryField.Read(table, row))];
            DictionaryChecks.Check(table, fields);
            if (table.Faults.Count == 0)
            {
                var labels = new Dictionary<string, string>(StringComparer.Ordinal);
                for (int row = 0; row < table.Count; row++)
                {
                    labels.TryAdd(fields[row].Form, table[row, DictionaryColumn.Form].Trim());
                }

                return WithFields(old, fields, form => labels[form] == form ? Form.LabelOf(form) : labels[form]);
            }
        }

        throw new DictionaryException(table.Faults);
    }

    /// <summary>The dictionary as a table under <see cref="ApiHeaders"/> or <see cref="WebHeaders"/>.</summary>
    public static TextTable Rows(Project project, IReadOnlyList<string> headers) => new(headers, [.. project.Design.Fields.Select(Row)]);

    /// <summary>A field's row.</summary>
    public static string?[] Row(Field field) =>
    [
        field.Name, field.Form, field.SectionHeader, FieldTypes.InDictionary(field.Type), field.Label, field.ChoicesOrCalculation, field.Note, field.Validation,
        field.Minimum, field.Maximum, Yes(field.Identifier), field.BranchingLogic, Yes(field.Required), field.Alignment, field.QuestionNumber, field.MatrixGroup,
        Yes(field.MatrixRanking), field.Annotation,
    ];

    /// <summary>The dictionary as the web page downloads it, to the byte.</summary>
    public static void WriteWeb(Project project, TextWriter to)
    {
        TextTable table = Rows(project, WebHeaders);
        foreach (IEnumerable<string?> line in table.Rows.Prepend([.. table.Columns]))
        {
            bool further = false;
            foreach (string? value in line)
            {
                if (further)
                {
                    to.Write(',');
                }

                CsvText.Write(to, value ?? "", ',');
                further = true;
            }

            to.Write('\n');
        }
    }

    /// <summary>The definition with other fields, which stand together by form. Fields and instruments of the same name keep what is stored of them.</summary>
    /// <param name="labelOf">The label of an instrument that is new.</param>
    internal static Design WithFields(Design old, IReadOnlyList<Field> fields, Func<string, string> labelOf)
    {
        int next = old.NextCell;
        Dictionary<string, Field> before = old.Fields.ToDictionary(f => f.Name, StringComparer.Ordinal);
        Dictionary<string, Form> formsBefore = old.Forms.ToDictionary(f => f.Name, StringComparer.Ordinal);
        var placed = new List<Field>(fields.Count);
        var forms = new List<Form>();
        foreach (Field field in fields)
        {
            placed.Add(before.TryGetValue(field.Name, out Field? was) && KeepsData(was, field)
                ? field with { Cell = was.Cell, OtherAttributes = field.OtherAttributes.Count > 0 ? field.OtherAttributes : was.OtherAttributes }
                : field with { Cell = next++ });
            if (forms.Count == 0 || forms[^1].Name != field.Form)
            {
                forms.Add(formsBefore.GetValueOrDefault(field.Form) ?? new Form { Name = field.Form, Label = labelOf(field.Form), StatusCell = next++, TimestampCell = next++ });
            }
        }

        HashSet<string> names = [.. forms.Select(f => f.Name)];
        List<string> added = [.. forms.Select(f => f.Name).Where(f => !formsBefore.ContainsKey(f))];
        return old with
        {
            Fields = placed,
            Forms = forms,
            NextCell = next,
            FormEvents = [.. old.FormEvents.Where(m => names.Contains(m.Form))],
            Repeats = [.. old.Repeats.Where(r => r.Form is null || names.Contains(r.Form))],
            Users = [.. old.Users.Select(u => u with { Rights = Over(u.Rights, names, added) })],
            Roles = [.. old.Roles.Select(r => r with { Rights = Over(r.Rights, names, added) })],
        };
    }

    /// <summary>A checkbox's codes and a file's number are stored otherwise than a value, and would not be one.</summary>
    private static bool KeepsData(Field was, Field now) => was.IsCheckbox == now.IsCheckbox && (was.Type == FieldType.File) == (now.Type == FieldType.File);

    private static Rights Over(Rights rights, HashSet<string> forms, List<string> added) => rights with
    {
        Forms = Over(rights.Forms, forms, added),
        FormsExport = Over(rights.FormsExport, forms, added),
    };

    private static Dictionary<string, int> Over(IReadOnlyDictionary<string, int> rights, HashSet<string> forms, List<string> added)
    {
        var over = new Dictionary<string, int>(rights.Where(p => forms.Contains(p.Key)), StringComparer.Ordinal);
        foreach (string form in added)
        {
            over.TryAdd(form, 1);
        }

        return over;
    }

    private static string Yes(bool set) => set ? "y" : "";
}
