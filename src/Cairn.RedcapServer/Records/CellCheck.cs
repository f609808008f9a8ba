using Cairn.RedcapServer.Definitions;

namespace Cairn.RedcapServer.Records;

/// <summary>Whether one imported value may be stored in its field.</summary>
public static class CellCheck
{
    private const string NotInForm = "The value you provided could not be validated because it does not follow the expected format. Please try again.";

    /// <summary>The value as it is stored, or why it is none. Minimum and maximum do not matter: they are soft.</summary>
    public static string? Refused(ImportColumn column, string value, Project project, DateOrder order, out string stored)
    {
        stored = value;
        if (column.Kind == ImportKind.Status)
        {
            return value is "0" or "1" or "2" ? null : $"The value is not a valid category for {column.Name}";
        }

        Field field = column.Field!;
        if (column.Kind == ImportKind.Checkbox)
        {
            return value is "0" or "1" ? null : $"The value is not a valid category for {field.Name}";
        }

        if (project.MissingCodes.Any(c => c.Code == value))
        {
            return null;
        }

        switch (field.Type)
        {
            case FieldType.Dropdown or FieldType.Radio or FieldType.YesNo or FieldType.TrueFalse:
                return field.LabelOf(value) is null ? $"The value is not a valid category for {field.Name}" : null;
            case FieldType.Slider:
                return ValidationType.Stored("integer", value, order) is null ? NotInForm : null;
            case FieldType.Calc:
                return "This field is calculated. A value cannot be imported into it.";
            case FieldType.Text when field.Validation.Length > 0:
                stored = ValidationType.Stored(field.Validation, value, order) ?? "";
                return stored.Length == 0 ? NotInForm : null;
            default:
                return null;
        }
    }
}
