using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Odm;

/// <summary>Makes fields of the items of a project's XML, in the order of the forms, their groups, and the groups' items.</summary>
internal sealed class OdmFields(OdmStudy study)
{
    /// <summary>The attributes that are part of a field's definition.</summary>
    private static readonly HashSet<string> Known =
    [
        "Variable", "FieldType", "TextValidationType", "SliderLabels", "FieldNote", "SectionHeader", "MatrixGroupName", "Calculation", "BranchingLogic", "Identifier",
        "RequiredField", "CustomAlignment", "QuestionNumber", "MatrixRanking", "FieldAnnotation",
    ];

    private readonly Dictionary<string, string> _formOf = new(StringComparer.Ordinal);

    /// <summary>Throws <see cref="DataFormatException"/>.</summary>
    public List<Field> Read()
    {
        var fields = new List<Field>();
        foreach (OdmFormDef form in study.Forms)
        {
            foreach ((string oid, bool mandatory) in form.Groups.SelectMany(group => ItemsOf(form, group)))
            {
                OdmItemDef item = study.Items.GetValueOrDefault(oid) ?? throw Wrong(form.Line, $"the form '{form.Name}' has an item '{oid}', which is not defined");
                if (IsNoField(item, form.Name))
                {
                    continue;
                }

                if (!_formOf.TryAdd(item.Variable, form.Name))
                {
                    // The other choices of a checkbox.
                    if (_formOf[item.Variable] != form.Name)
                    {
                        throw Wrong(item.Line, $"the field '{item.Variable}' is in two forms");
                    }

                    continue;
                }

                if (!DictionaryField.IsName(item.Variable))
                {
                    throw Wrong(item.Line, $"'{item.Variable}' is not the name of a field");
                }

                fields.Add(Field(item, form.Name, mandatory));
            }
        }

        return fields;
    }

    /// <summary>The group of a form's status says nothing, and has been seen to be absent.</summary>
    private List<(string Item, bool Mandatory)> ItemsOf(OdmFormDef form, string group) => study.Groups.TryGetValue(group, out List<(string, bool)>? items) ? items
        : group == $"{form.Name}.{form.Name}_complete" ? []
        : throw Wrong(form.Line, $"the form '{form.Name}' has an item group '{group}', which is not defined");

    private static bool IsNoField(OdmItemDef item, string form) =>
        item.Oid == form + "_complete" || item.Oid is "redcap_data_access_group" or "redcap_survey_identifier" || (item.Oid == form + "_timestamp" && item["FieldType"].Length == 0);

    private Field Field(OdmItemDef item, string form, bool mandatory)
    {
        FieldType type = TypeOf(item);
        string validation = item["TextValidationType"];
        return new Field
        {
            Cell = 0,
            Name = item.Variable,
            Form = form,
            SectionHeader = item["SectionHeader"],
            Type = type,
            Label = item.Label,
            ChoicesOrCalculation = ChoicesOrCalculation(item, type),
            Note = item["FieldNote"],
            Validation = type == FieldType.Text ? ValidationType.Canonical(validation) : validation,
            Minimum = item.Minimum,
            Maximum = item.Maximum,
            Identifier = item["Identifier"] == "y",
            BranchingLogic = item["BranchingLogic"],
            Required = mandatory || item["RequiredField"] == "y",
            Alignment = item["CustomAlignment"],
            QuestionNumber = item["QuestionNumber"],
            MatrixGroup = item["MatrixGroupName"],
            MatrixRanking = item["MatrixRanking"] is "y" or "1",
            Annotation = item["FieldAnnotation"],
            OtherAttributes = [.. item.Attributes.Where(a => !Known.Contains(a.Key)).Select(a => new OdmAttribute(a.Key, a.Value))],
        };
    }

    /// <summary>XML that is not REDCap's has only ODM's own types.</summary>
    private FieldType TypeOf(OdmItemDef item) => item["FieldType"] is { Length: > 0 } word ? FieldTypes.Read(word) ?? throw Wrong(item.Line, $"'{word}' is not a field type")
        : study.CodeLists.ContainsKey(item.CodeList) ? FieldType.Radio
        : FieldType.Text;

    private string ChoicesOrCalculation(OdmItemDef item, FieldType type)
    {
        switch (type)
        {
            case FieldType.Calc:
                return item["Calculation"];
            case FieldType.Slider:
                return item["SliderLabels"];
            case FieldType.Checkbox or FieldType.Dropdown or FieldType.Radio:
                OdmCodeList? list = study.CodeLists.GetValueOrDefault(item.CodeList);
                return list?.CheckboxChoices ?? (list is null || type == FieldType.Checkbox ? "" : ChoiceList.Write(list.Choices));
            default:
                return "";
        }
    }

    private static DataFormatException Wrong(int line, string what) => new($"The XML is not a REDCap project: line {line}, {what}.");
}
