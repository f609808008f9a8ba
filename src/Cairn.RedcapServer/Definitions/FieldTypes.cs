namespace Cairn.RedcapServer.Definitions;

/// <summary>The words for field types in a data dictionary, and in project XML, which calls two of them by another name.</summary>
internal static class FieldTypes
{
    private static readonly (FieldType Type, string Dictionary, string Odm)[] Words =
    [
        (FieldType.Text, "text", "text"),
        (FieldType.Notes, "notes", "textarea"),
        (FieldType.Radio, "radio", "radio"),
        (FieldType.Dropdown, "dropdown", "select"),
        (FieldType.Calc, "calc", "calc"),
        (FieldType.File, "file", "file"),
        (FieldType.Checkbox, "checkbox", "checkbox"),
        (FieldType.YesNo, "yesno", "yesno"),
        (FieldType.TrueFalse, "truefalse", "truefalse"),
        (FieldType.Descriptive, "descriptive", "descriptive"),
        (FieldType.Slider, "slider", "slider"),
        (FieldType.Sql, "sql", "sql"),
    ];

    /// <summary>The words of a dictionary, as a sentence lists them.</summary>
    public static string All => string.Join(", ", Words.Select(w => w.Dictionary));

    public static string InDictionary(FieldType type) => Words.First(w => w.Type == type).Dictionary;

    public static string InOdm(FieldType type) => Words.First(w => w.Type == type).Odm;

    /// <summary>Either word in any case; null when it is none.</summary>
    public static FieldType? Read(string word)
    {
        foreach ((FieldType type, string dictionary, string odm) in Words)
        {
            if (dictionary.Equals(word, StringComparison.OrdinalIgnoreCase) || odm.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return type;
            }
        }

        return null;
    }
}
