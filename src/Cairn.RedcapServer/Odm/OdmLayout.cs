using Cairn.RedcapServer.Definitions;

namespace Cairn.RedcapServer.Odm;

/// <summary>What an item of XML shows of a row.</summary>
internal enum OdmItemKind
{
    Value,

    /// <summary>One choice of a checkbox: checked or not.</summary>
    Check,
    Status,
    Timestamp,
    SurveyIdentifier,
    DataAccessGroup,
}

/// <summary>An item of XML: a field, a choice of a checkbox, a form's status, or something REDCap adds to the fields.</summary>
internal sealed record OdmItem(string Oid, string Variable, OdmItemKind Kind)
{
    public Field? Field { get; init; }

    public string Code { get; init; } = "";

    /// <summary>Already in the group of the record ID, where its data are.</summary>
    public bool IsAgain { get; init; }
}

/// <summary>A group of items within a form.</summary>
internal sealed record OdmGroup(string Oid, string Name, List<OdmItem> Items);

/// <summary>The items of a form in their groups, as REDCap groups them.</summary>
internal sealed record OdmForm(Form Form, List<OdmGroup> Groups)
{
    /// <summary>
    /// A field under a section header makes a group of its own, and the field behind it begins the next; a group's name is the header, else the form's label, but blank
    /// when it begins with a checkbox (seen in published projects).
    /// </summary>
    public static OdmForm Of(OdmExport export, Form form)
    {
        var groups = new List<OdmGroup>();
        bool alone = true;
        var timestamp = new OdmItem(form.TimestampField, form.TimestampField, OdmItemKind.Timestamp);
        bool timestamps = export.SurveyFields && form.IsSurvey;
        bool hasId = form.Name == export.Project.RecordId.Form;
        if (timestamps && !hasId)
        {
            groups.Add(Group(form, "", [timestamp]));
        }

        foreach (Field field in export.Project.FieldsOf(form.Name))
        {
            List<OdmItem> items = export.DefinesAll || export.Fields(field) ? ItemsOf(field) : [];
            if (items.Count == 0)
            {
                continue;
            }

            bool headed = field.SectionHeader.Length > 0;
            if (alone || headed)
            {
                groups.Add(Group(form, headed ? field.SectionHeader : field.IsCheckbox ? "" : form.Label, []) with { Oid = $"{form.Name}.{items[0].Oid}" });
            }

            alone = headed;
            groups[^1].Items.AddRange(items);
            if (ReferenceEquals(field, export.Project.RecordId))
            {
                groups[^1].Items.AddRange(BesideRecordId(export));
                if (timestamps)
                {
                    groups[^1].Items.Add(timestamp);
                    groups.Add(Group(form, "", [timestamp with { IsAgain = true }]));
                    alone = true;
                }
            }
        }

        if (export.DefinesAll || export.Statuses(form))
        {
            groups.Add(Group(form, "Form Status", [new OdmItem(form.StatusField, form.StatusField, OdmItemKind.Status)]));
        }

        return new OdmForm(form, groups);
    }

    /// <summary>A field's items: one, or those of a checkbox's choices.</summary>
    public static List<OdmItem> ItemsOf(Field field) => field.IsCheckbox
        ? [.. field.Choices.Select(c => new OdmItem(ChoiceList.Column(field.Name, c.Code), field.Name, OdmItemKind.Check) { Field = field, Code = c.Code })]
        : [new OdmItem(field.Name, field.Name, OdmItemKind.Value) { Field = field }];

    private static IEnumerable<OdmItem> BesideRecordId(OdmExport export)
    {
        if (export.SurveyFields)
        {
            yield return new OdmItem("redcap_survey_identifier", "redcap_survey_identifier", OdmItemKind.SurveyIdentifier);
        }

        if (export.DataAccessGroups)
        {
            yield return new OdmItem("redcap_data_access_group", "redcap_data_access_group", OdmItemKind.DataAccessGroup);
        }
    }

    private static OdmGroup Group(Form form, string name, List<OdmItem> items) => new(items.Count == 0 ? "" : $"{form.Name}.{items[0].Oid}", name, items);
}
