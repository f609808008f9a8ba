using Cairn.RedcapServer.Definitions;

namespace Cairn.RedcapServer.Records;

/// <summary>A user's right to export, by instrument. What is not let out is left out without a word, as the API does.</summary>
public static class ExportLevel
{
    public const int None = 0;
    public const int Full = 1;
    public const int DeIdentified = 2;
    public const int RemoveIdentifiers = 3;

    /// <summary>The level for a form; everything where rights name no form at all.</summary>
    public static int Of(string form, Rights rights) => rights.FormsExport.Count == 0 ? Full : rights.FormsExport.GetValueOrDefault(form);

    /// <summary>Whether a field's values may be exported. De-identified leaves out identifiers, free text and dates.</summary>
    public static bool Lets(Field field, Rights rights, Project project) =>
        field.Cell == project.RecordId.Cell || Of(field.Form, rights) switch
        {
            Full => true,
            RemoveIdentifiers => !field.Identifier,
            DeIdentified => !field.Identifier && !IsFreeText(field) && !field.Validation.StartsWith("date", StringComparison.Ordinal),
            _ => false,
        };

    private static bool IsFreeText(Field field) => field.Type is FieldType.Notes or FieldType.File || (field.Type == FieldType.Text && field.Validation.Length == 0);
}
