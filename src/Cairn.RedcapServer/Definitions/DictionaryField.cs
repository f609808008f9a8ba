using System.Globalization;

namespace Cairn.RedcapServer.Definitions;

/// <summary>Reads one row of a data dictionary.</summary>
internal static class DictionaryField
{
    private const int MostNameLength = 100;

    private static readonly string[] Reserved =
        ["redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance", "redcap_data_access_group", "redcap_survey_identifier"];

    /// <summary>The row's field, without a cell number; what is wrong with it is noted in the table.</summary>
    public static Field Read(DictionaryTable table, int row)
    {
        string typeWord = table[row, DictionaryColumn.Type].Trim();
        FieldType? type = FieldTypes.Read(typeWord);
        if (type is null)
        {
            table.Fault(row, DictionaryColumn.Type, $"The only valid field types are {FieldTypes.All}. The following cells have another:", typeWord);
        }

        string name = Name(table, row);
        string form = FormName(table[row, DictionaryColumn.Form]);
        if (form.Length == 0)
        {
            table.Fault(row, DictionaryColumn.Form, "Each row MUST have a form name, but the following cells have a form name missing:");
        }

        var field = new Field
        {
            Cell = 0,
            Name = name,
            Form = form,
            SectionHeader = table[row, DictionaryColumn.SectionHeader],
            Type = type ?? FieldType.Text,
            Label = table[row, DictionaryColumn.Label],
            ChoicesOrCalculation = table[row, DictionaryColumn.Choices],
            Note = table[row, DictionaryColumn.Note],
            Validation = Validation(table, row, type),
            Minimum = Bound(table, row, DictionaryColumn.Minimum, type),
            Maximum = Bound(table, row, DictionaryColumn.Maximum, type),
            Identifier = Yes(table, row, DictionaryColumn.Identifier),
            BranchingLogic = table[row, DictionaryColumn.BranchingLogic],
            Required = Yes(table, row, DictionaryColumn.Required),
            Alignment = Alignment(table, row),
            QuestionNumber = table[row, DictionaryColumn.QuestionNumber],
            MatrixGroup = table[row, DictionaryColumn.MatrixGroup].Trim(),
            MatrixRanking = Yes(table, row, DictionaryColumn.MatrixRanking),
            Annotation = table[row, DictionaryColumn.Annotation],
        };
        Choices(table, row, field);
        Matrix(table, row, field);
        return field;
    }

    /// <summary>Begins with a letter, and holds small letters, digits and underscores alone.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= MostNameLength && char.IsAsciiLetterLower(name[0]) && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');

    /// <summary>The unique name of the form a row names: its name or, written as a person would, its label.</summary>
    public static string FormName(string text)
    {
        string slug = new([.. text.Trim().ToLowerInvariant().Select(c => c is ' ' or '-' ? '_' : c).Where(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_')]);
        return slug.TrimStart('_', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9') is var name && name.Length > MostNameLength ? name[..MostNameLength] : name;
    }

    private static string Name(DictionaryTable table, int row)
    {
        string name = table[row, DictionaryColumn.Name].Trim().ToLowerInvariant();
        if (name.Length == 0)
        {
            table.Fault(row, DictionaryColumn.Name, "Each row MUST have a variable/field name, but the following cells have a variable/field name missing:");
        }
        else if (!IsName(name))
        {
            table.Fault(
                row, DictionaryColumn.Name,
                $"Variable/field names begin with a letter, hold only lower case letters, numbers and underscores, and are no longer than {MostNameLength} characters. Please rename:", name);
        }
        else if (Reserved.Contains(name))
        {
            table.Fault(row, DictionaryColumn.Name, "The following variable/field names are reserved. Please rename:", name);
        }

        return name;
    }

    private static string Validation(DictionaryTable table, int row, FieldType? type)
    {
        string name = table[row, DictionaryColumn.Validation].Trim().ToLowerInvariant();
        if (type == FieldType.Text)
        {
            name = ValidationType.Canonical(name);
            if (name.Length > 0 && !ValidationType.IsKnown(name))
            {
                table.Fault(row, DictionaryColumn.Validation, "The following are not validation types:", name);
            }
        }
        else if (name.Length > 0 && (type, name) is not ((FieldType.File, "signature") or (FieldType.Slider, "number") or (FieldType.Dropdown or FieldType.Sql, "autocomplete") or (null, _)))
        {
            table.Fault(row, DictionaryColumn.Validation, "Only text fields are validated; a file may be a 'signature', a dropdown 'autocomplete', and a slider show its 'number'. Please correct:", name);
        }

        return name;
    }

    private static string Bound(DictionaryTable table, int row, DictionaryColumn column, FieldType? type)
    {
        string bound = table[row, column].Trim();
        bool refersToField = bound.Contains('[', StringComparison.Ordinal) || bound is "today" or "now";
        if (bound.Length == 0 || refersToField || type is null)
        {
            return bound;
        }

        string validation = type == FieldType.Slider ? "integer" : ValidationType.Canonical(table[row, DictionaryColumn.Validation].Trim().ToLowerInvariant());
        bool right = type is FieldType.Text or FieldType.Slider && validation switch
        {
            "integer" or "number" or "number_1dp" or "number_2dp" or "number_3dp" or "number_4dp" => decimal.TryParse(bound, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
            _ when validation.StartsWith("date", StringComparison.Ordinal) => ValidationType.Stored(validation, bound, DateOrder.YearMonthDay) is not null,
            _ => true,
        };
        if (!right)
        {
            table.Fault(row, column, "The following minimum and maximum values do not fit the type of their field:", bound);
        }

        return bound;
    }

    private static bool Yes(DictionaryTable table, int row, DictionaryColumn column)
    {
        string word = table[row, column].Trim().ToLowerInvariant();
        if (word is not ("" or "y" or "yes" or "1" or "n" or "no" or "0"))
        {
            table.Fault(row, column, "The following cells may hold only 'y' or nothing:", word);
        }

        return word is "y" or "yes" or "1";
    }

    private static string Alignment(DictionaryTable table, int row)
    {
        string word = table[row, DictionaryColumn.Alignment].Trim().ToUpperInvariant();
        if (word is not ("" or "RH" or "RV" or "LH" or "LV"))
        {
            table.Fault(row, DictionaryColumn.Alignment, "A custom alignment is RH, RV, LH or LV. Please correct:", word);
        }

        return word;
    }

    private static void Choices(DictionaryTable table, int row, Field field)
    {
        if (field.Type is FieldType.Calc or FieldType.Sql && string.IsNullOrWhiteSpace(field.ChoicesOrCalculation))
        {
            table.Fault(row, DictionaryColumn.Choices, "The following calculated and sql fields have no calculation or query:", field.Name);
        }

        if (field.Type is not (FieldType.Dropdown or FieldType.Radio or FieldType.Checkbox))
        {
            return;
        }

        if (field.Choices.Count == 0)
        {
            table.Fault(row, DictionaryColumn.Choices, "The following multiple choice fields have no choices:", field.Name);
        }

        // The codes of a checkbox are columns of an export, where codes that differ in other characters than letters and digits meet.
        if (field.Choices.GroupBy(c => field.IsCheckbox ? ChoiceList.Column("", c.Code) : c.Code).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            table.Fault(row, DictionaryColumn.Choices, "The following multiple choice fields have a choice's code more than once:", twice.First().Code);
        }

        if (field.Choices.Any(c => c.Code.Length == 0))
        {
            table.Fault(row, DictionaryColumn.Choices, "The following multiple choice fields have a choice without a code:", field.Name);
        }
    }

    private static void Matrix(DictionaryTable table, int row, Field field)
    {
        if (field.MatrixGroup.Length > 0 && field.Type is not (FieldType.Radio or FieldType.Checkbox))
        {
            table.Fault(row, DictionaryColumn.MatrixGroup, "Only radio and checkbox fields can be in a matrix group. Please correct:", field.MatrixGroup);
        }
        else if (field.MatrixGroup.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '_'))
        {
            table.Fault(row, DictionaryColumn.MatrixGroup, "Matrix group names hold only lower case letters, numbers and underscores. Please rename:", field.MatrixGroup);
        }
    }
}
