using Cairn.RedcapServer.Definitions;

namespace Cairn.RedcapServer.Records;

/// <summary>What is known when the cell of a row is written.</summary>
/// <param name="Record">The record.</param>
/// <param name="Row">The row.</param>
public readonly record struct ExportRow(RecordData Record, DataRow Row);

/// <summary>A column of a flat export.</summary>
/// <param name="Name">The column's name, unique.</param>
/// <param name="Label">Its header when headers are labels.</param>
/// <param name="Form">The form it belongs to; blank for the columns that say which row it is.</param>
/// <param name="Cell">Where its values are stored; 0 for columns that have no cell.</param>
/// <param name="Value">Its value in a row to which it applies.</param>
public sealed record ExportColumn(string Name, string Label, string Form, int Cell, Func<ExportRow, string> Value)
{
    /// <summary>An integer in JSON.</summary>
    public bool Number { get; init; }

    /// <summary>Whether the column's form has its place in a row: elsewhere the cell is blank.</summary>
    public bool AppliesTo(RowKey key, Project project) => Form.Length == 0 || Applies(Form, key, project);

    /// <summary>Whether a form's values stand in a row.</summary>
    public static bool Applies(string form, RowKey key, Project project) =>
        key.Form.Length > 0 ? key.Form == form
        : project.IsDesignated(key.EventId, form) && (project.RepeatsEvent(key.EventId) ? !key.IsBase : !project.RepeatsForm(key.EventId, form));
}
