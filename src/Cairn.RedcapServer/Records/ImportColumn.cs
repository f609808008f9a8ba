using Cairn.RedcapServer.Definitions;

namespace Cairn.RedcapServer.Records;

/// <summary>What a column of imported data is.</summary>
public enum ImportKind
{
    RecordId,
    Event,
    RepeatInstrument,
    RepeatInstance,
    DataAccessGroup,

    /// <summary>Who answered a survey: taken only from a copy of a project's records.</summary>
    SurveyIdentifier,

    /// <summary>Accepted, and of no effect: files, and calculations, which are computed.</summary>
    Ignored,
    Field,
    Checkbox,
    Status,

    /// <summary>When a survey was completed: taken only from a copy of a project's records.</summary>
    Timestamp,
}

/// <summary>A column of imported data, found in the project.</summary>
/// <param name="Name">As it came.</param>
/// <param name="Field">For fields and checkboxes.</param>
/// <param name="Code">For checkboxes the choice.</param>
/// <param name="Form">The form it belongs to; null for what says which row it is.</param>
public sealed record ImportColumn(string Name, ImportKind Kind, Field? Field = null, string? Code = null, Form? Form = null)
{
    /// <summary>Null when the project has no such column.</summary>
    public static ImportColumn? Find(string name, Project project, bool refuseCalculations)
    {
        switch (name)
        {
            case ExportColumns.EventName:
                return new ImportColumn(name, ImportKind.Event);
            case ExportColumns.RepeatInstrument:
                return new ImportColumn(name, ImportKind.RepeatInstrument);
            case ExportColumns.RepeatInstance:
                return new ImportColumn(name, ImportKind.RepeatInstance);
            case ExportColumns.DataAccessGroup:
                return new ImportColumn(name, ImportKind.DataAccessGroup);
            case ExportColumns.SurveyIdentifier:
                return new ImportColumn(name, ImportKind.SurveyIdentifier);
        }

        if (project.Field(name) is { } field)
        {
            return field.Cell == project.RecordId.Cell ? new ImportColumn(name, ImportKind.RecordId, field)
                : !field.HoldsData || field.IsCheckbox ? null
                : field.Type == FieldType.File || (field.Type == FieldType.Calc && !refuseCalculations) ? new ImportColumn(name, ImportKind.Ignored, field)
                : new ImportColumn(name, ImportKind.Field, field, Form: project.Form(field.Form));
        }

        if (project.FormOfStatus(name) is { } form)
        {
            return new ImportColumn(name, ImportKind.Status, Form: form);
        }

        if (name.EndsWith("_timestamp", StringComparison.Ordinal) && project.Form(name[..^"_timestamp".Length]) is { IsSurvey: true } survey)
        {
            return new ImportColumn(name, ImportKind.Timestamp, Form: survey);
        }

        int at = name.IndexOf("___", StringComparison.Ordinal);
        while (at > 0)
        {
            if (project.Field(name[..at]) is { IsCheckbox: true } box)
            {
                foreach (Choice choice in box.Choices.Concat(project.MissingCodes))
                {
                    if (string.Equals(ChoiceList.Column(box.Name, choice.Code), name, StringComparison.OrdinalIgnoreCase))
                    {
                        return new ImportColumn(name, ImportKind.Checkbox, box, choice.Code, project.Form(box.Form));
                    }
                }
            }

            at = name.IndexOf("___", at + 1, StringComparison.Ordinal);
        }

        return null;
    }
}
