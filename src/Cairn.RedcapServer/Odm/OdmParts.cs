using Cairn.RedcapServer.Definitions;

namespace Cairn.RedcapServer.Odm;

/// <summary>An <c>ItemDef</c>: a field, or one choice of a checkbox field.</summary>
internal sealed record OdmItemDef(string Oid, int Line)
{
    public string DataType { get; init; } = "";

    /// <summary>The attributes with REDCap's prefix, by their names without it.</summary>
    public required IReadOnlyDictionary<string, string> Attributes { get; init; }

    public string Label { get; set; } = "";

    public string CodeList { get; set; } = "";

    public string Minimum { get; set; } = "";

    public string Maximum { get; set; } = "";

    /// <summary>The field it is of.</summary>
    public string Variable => this["Variable"] is { Length: > 0 } name ? name : Oid;

    public string this[string attribute] => Attributes.GetValueOrDefault(attribute, "");
}

/// <summary>A <c>CodeList</c>: choices, and for a choice of a checkbox all those of its field.</summary>
internal sealed record OdmCodeList(List<Choice> Choices, string? CheckboxChoices);

/// <summary>A <c>FormDef</c> with the groups of items it refers to.</summary>
internal sealed record OdmFormDef(string Name, string Label, int Line, List<string> Groups);

/// <summary>A <c>StudyEventDef</c> with the forms it refers to.</summary>
internal sealed record OdmEventDef(string UniqueName, string ArmName, Event Event, int Line, List<string> Forms);

/// <summary>The <c>Study</c> of a project's XML, as it stands there.</summary>
internal sealed class OdmStudy
{
    public string Title { get; set; } = "";

    public List<OdmElement> Globals { get; } = [];

    public List<OdmEventDef> Events { get; } = [];

    public List<OdmFormDef> Forms { get; } = [];

    /// <summary>By identifier, the items of a group and whether they must be answered.</summary>
    public Dictionary<string, List<(string Item, bool Mandatory)>> Groups { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, OdmItemDef> Items { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, OdmCodeList> CodeLists { get; } = new(StringComparer.Ordinal);
}
