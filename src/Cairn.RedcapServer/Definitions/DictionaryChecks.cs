namespace Cairn.RedcapServer.Definitions;

/// <summary>What must hold between the rows of a data dictionary.</summary>
internal static class DictionaryChecks
{
    public static void Check(DictionaryTable table, IReadOnlyList<Field> fields)
    {
        Duplicates(table, fields);
        Together(table, fields, DictionaryColumn.Form, f => f.Form,
            "Form names must be sequential and cannot repeat again after being used for another form. Rename the following form names beginning with the values listed below:");
        Together(table, fields, DictionaryColumn.MatrixGroup, f => f.MatrixGroup, "The fields of a matrix group stand together. Please correct the matrix group of the following cells:");
        OneListPerMatrix(table, fields);
        if (fields.Count > 0 && fields[0].Type != FieldType.Text)
        {
            table.Fault(0, DictionaryColumn.Type, "The first field is the record ID, whose field type must be text. Please correct:", fields[0].Name);
        }
        else if (fields.Count == 0)
        {
            table.Faults.Add(new("A2", "The data dictionary has no fields; the first of them is to be in"));
        }
    }

    /// <summary>The names that are no fields' own: of forms' statuses, surveys' timestamps and checkboxes' choices.</summary>
    public static HashSet<string> Taken(IReadOnlyList<Field> fields) =>
    [
        .. fields.SelectMany(f => (string[])[f.Form + "_complete", f.Form + "_timestamp"]),
        .. fields.Where(f => f.IsCheckbox).SelectMany(f => f.Choices.Select(c => ChoiceList.Column(f.Name, c.Code))),
    ];

    private static void Duplicates(DictionaryTable table, IReadOnlyList<Field> fields)
    {
        ILookup<string, int> rows = Enumerable.Range(0, fields.Count).Where(i => fields[i].Name.Length > 0).ToLookup(i => fields[i].Name);
        foreach (int row in rows.Where(g => g.Count() > 1).SelectMany(g => g.Skip(1)).Order())
        {
            table.Fault(row, DictionaryColumn.Name, "The following variable/field names were duplicated. Please rename these field names so that they only appear once:", fields[row].Name);
        }

        HashSet<string> taken = Taken(fields);
        for (int row = 0; row < fields.Count; row++)
        {
            if (taken.Contains(fields[row].Name))
            {
                table.Fault(row, DictionaryColumn.Name, "The following variable/field names are those of a form's status, a survey's timestamp or a checkbox's choice. Please rename:", fields[row].Name);
            }
        }
    }

    /// <summary>Notes where a value comes again after another.</summary>
    private static void Together(DictionaryTable table, IReadOnlyList<Field> fields, DictionaryColumn column, Func<Field, string> valueOf, string message)
    {
        var ended = new HashSet<string>(StringComparer.Ordinal);
        string current = "";
        for (int row = 0; row < fields.Count; row++)
        {
            string value = valueOf(fields[row]);
            if (value == current)
            {
                continue;
            }

            ended.Add(current);
            if (value.Length > 0 && ended.Contains(value))
            {
                table.Fault(row, column, message, value);
            }

            current = value;
        }
    }

    private static void OneListPerMatrix(DictionaryTable table, IReadOnlyList<Field> fields)
    {
        for (int row = 1; row < fields.Count; row++)
        {
            (Field before, Field field) = (fields[row - 1], fields[row]);
            if (field.MatrixGroup.Length > 0 && field.MatrixGroup == before.MatrixGroup && (field.Type != before.Type || !field.Choices.SequenceEqual(before.Choices)))
            {
                table.Fault(row, DictionaryColumn.Choices, "The fields of a matrix group have the same field type and the same choices. Please correct:", field.Name);
            }
        }
    }
}
