using System.Globalization;
using Cairn.RedcapServer.Definitions;

namespace Cairn.RedcapServer.Odm;

/// <summary>Writes the <c>MetaDataVersion</c> of an export: events, forms, groups of items, items, and lists of choices.</summary>
internal static class OdmMetadata
{
    public static void Write(TextWriter to, OdmExport export, IReadOnlyList<OdmForm> forms)
    {
        Project project = export.Project;
        to.Write($"<MetaDataVersion OID=\"{Oid(export)}\"");
        OdmText.Attribute(to, "Name", project.Settings.Title);
        OdmText.Attribute(to, "redcap:RecordIdField", project.RecordId.Name);
        to.Write(">\n");
        if (project.Longitudinal)
        {
            OdmEvents.Write(to, project);
        }

        foreach (OdmForm form in forms)
        {
            to.Write($"\t<FormDef OID=\"Form.{form.Form.Name}\" Name=\"{OdmText.Escaped(form.Form.Label)}\" Repeating=\"No\" redcap:FormName=\"{form.Form.Name}\">\n");
            foreach (OdmGroup group in form.Groups)
            {
                to.Write($"\t\t<ItemGroupRef ItemGroupOID=\"{group.Oid}\" Mandatory=\"No\"/>\n");
            }

            to.Write("\t</FormDef>\n");
        }

        foreach (OdmGroup group in forms.SelectMany(f => f.Groups))
        {
            to.Write($"\t<ItemGroupDef OID=\"{group.Oid}\" Name=\"{OdmText.Escaped(group.Name)}\" Repeating=\"No\">\n");
            foreach (OdmItem item in group.Items)
            {
                string mandatory = item.Field?.Required == true ? "Yes" : "No";
                to.Write($"\t\t<ItemRef ItemOID=\"{item.Oid}\" Mandatory=\"{mandatory}\" redcap:Variable=\"{item.Variable}\"/>\n");
            }

            to.Write("\t</ItemGroupDef>\n");
        }

        foreach (OdmItem item in forms.SelectMany(f => f.Groups).SelectMany(g => g.Items))
        {
            Item(to, item);
        }

        foreach (OdmItem item in forms.SelectMany(f => f.Groups).SelectMany(g => g.Items))
        {
            CodeList(to, item);
        }

        to.Write("</MetaDataVersion>\n");
    }

    /// <summary>The identifier of a project's definition at a time.</summary>
    public static string Oid(OdmExport export) =>
        string.Create(CultureInfo.InvariantCulture, $"Metadata.{OdmText.ProjectOid(export.Project.Settings.Title)}_{export.At:yyyy-MM-dd_HHmm}");

    private static void Item(TextWriter to, OdmItem item)
    {
        (string dataType, int length) = item.Field is { } field ? Type(field) : item.Kind switch
        {
            OdmItemKind.Status => ("text", 1),
            OdmItemKind.Timestamp => ("datetime", 999),
            _ => ("text", 999),
        };
        to.Write($"\t<ItemDef OID=\"{item.Oid}\" Name=\"{item.Oid}\" DataType=\"{dataType}\" Length=\"{length}\"");
        if (item.Field is { Type: FieldType.Text, Validation: "number" })
        {
            to.Write(" SignificantDigits=\"1\"");
        }

        to.Write($" redcap:Variable=\"{item.Variable}\"");
        foreach ((string name, string value) in item.Field is { } of ? Attributes(of) : item.Kind == OdmItemKind.Status ? StatusAttributes : [])
        {
            if (value.Length > 0)
            {
                OdmText.Attribute(to, "redcap:" + name, value);
            }
        }

        to.Write($">\n\t\t<Question>{OdmText.Label(item.Field?.Label ?? LabelOf(item.Kind))}</Question>\n");
        if (item.Field is { Type: FieldType.Text } text)
        {
            RangeCheck(to, text, "GE", text.Minimum);
            RangeCheck(to, text, "LE", text.Maximum);
        }

        if (HasCodeList(item))
        {
            to.Write($"\t\t<CodeListRef CodeListOID=\"{item.Oid}.choices\"/>\n");
        }

        to.Write("\t</ItemDef>\n");
    }

    private static (string DataType, int Length) Type(Field field) => field.Type switch
    {
        FieldType.Text => (OdmDataType.Of(field.Validation), 999),
        FieldType.Calc => ("float", 999),
        FieldType.Slider => ("integer", 999),
        FieldType.YesNo or FieldType.TrueFalse or FieldType.Checkbox => ("boolean", 1),
        FieldType.Dropdown or FieldType.Radio or FieldType.Sql => ("text", field.Choices.Select(c => c.Code.Length).DefaultIfEmpty(1).Max()),
        _ => ("text", 999),
    };

    /// <summary>In REDCap's order, as far as published projects show it.</summary>
    private static IEnumerable<OdmAttribute> Attributes(Field field) =>
    [
        new("FieldType", FieldTypes.InOdm(field.Type)),
        new("TextValidationType", field.Type == FieldType.Text ? OdmDataType.Name(field.Validation) : field.Validation),
        new("SliderLabels", field.Type == FieldType.Slider ? field.ChoicesOrCalculation : ""),
        new("FieldNote", field.Note),
        new("SectionHeader", field.SectionHeader),
        new("MatrixGroupName", field.MatrixGroup),
        new("Calculation", field.Type == FieldType.Calc ? field.ChoicesOrCalculation : ""),
        new("BranchingLogic", field.BranchingLogic),
        new("Identifier", field.Identifier ? "y" : ""),
        new("RequiredField", field.Required ? "y" : ""),
        new("CustomAlignment", field.Alignment),
        new("QuestionNumber", field.QuestionNumber),
        new("MatrixRanking", field.MatrixRanking ? "y" : ""),
        new("FieldAnnotation", field.Annotation),
        .. field.OtherAttributes,
    ];

    private static OdmAttribute[] StatusAttributes { get; } = [new("FieldType", "select"), new("SectionHeader", "Form Status")];

    private static string LabelOf(OdmItemKind kind) => kind switch
    {
        OdmItemKind.Status => "Complete?",
        OdmItemKind.Timestamp => "Survey Timestamp",
        OdmItemKind.SurveyIdentifier => "Survey Identifier",
        _ => "Data Access Group",
    };

    private static void RangeCheck(TextWriter to, Field field, string comparator, string bound)
    {
        if (bound.Length == 0)
        {
            return;
        }

        string from = field.Minimum.Length > 0 ? field.Minimum : "no limit", upTo = field.Maximum.Length > 0 ? field.Maximum : "no limit";
        to.Write($"\t\t<RangeCheck Comparator=\"{comparator}\" SoftHard=\"Soft\">\n\t\t\t<CheckValue>{OdmText.Escaped(bound)}</CheckValue>\n");
        to.Write($"\t\t\t<ErrorMessage><TranslatedText>The value you provided is outside the suggested range ({OdmText.Escaped(from)} - {OdmText.Escaped(upTo)}). This value is admissible, ");
        to.Write("but you may wish to double check it.</TranslatedText></ErrorMessage>\n\t\t</RangeCheck>\n");
    }

    private static bool HasCodeList(OdmItem item) => item.Kind == OdmItemKind.Status || item.Field?.Choices.Count > 0;

    private static void CodeList(TextWriter to, OdmItem item)
    {
        if (!HasCodeList(item))
        {
            return;
        }

        string dataType = item.Field is { } field ? Type(field).DataType : "text";
        to.Write($"\t<CodeList OID=\"{item.Oid}.choices\" Name=\"{item.Oid}\" DataType=\"{dataType}\" redcap:Variable=\"{item.Variable}\"");
        IReadOnlyList<Choice> choices = item.Field?.Choices ?? Form.Statuses;
        if (item.Kind == OdmItemKind.Check)
        {
            OdmText.Attribute(to, "redcap:CheckboxChoices", string.Join('|', choices.Select(c => $"{c.Code}, {c.Label}")));
            choices = [new("1", "Checked"), new("0", "Unchecked")];
        }

        to.Write(">\n");
        foreach ((string code, string label) in choices)
        {
            to.Write($"\t\t<CodeListItem CodedValue=\"{OdmText.Escaped(code)}\"><Decode>{OdmText.Label(label)}</Decode></CodeListItem>\n");
        }

        to.Write("\t</CodeList>\n");
    }
}
