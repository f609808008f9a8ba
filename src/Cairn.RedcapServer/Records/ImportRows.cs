using Cairn.RedcapServer.Api;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Records;

/// <summary>A row of imported data: which row of which record, and its values; those the row had nothing for are left out.</summary>
/// <param name="Event">Null where the data have no column for it.</param>
public sealed record ImportRow(string Record, string? Event, string RepeatInstrument, string RepeatInstance, string? Dag, string? SurveyIdentifier, IReadOnlyList<(ImportColumn Column, string Value)> Values);

/// <summary>Turns imported data, flat or one row a value (EAV), into rows.</summary>
public static class ImportRows
{
    /// <summary>Throws <see cref="ApiRefusal"/> for columns the project does not have, and for data without the record id.</summary>
    public static IReadOnlyList<ImportRow> Read(TextTable data, bool eav, Project project, ServerOptions options) =>
        data.Columns.Count == 0 ? [] : eav ? Eav(data, project, options) : Flat(data, project, options);

    private static List<ImportRow> Flat(TextTable data, Project project, ServerOptions options)
    {
        ImportColumn?[] found = [.. data.Columns.Select(c => ImportColumn.Find(c, project, options.RefuseCalcImport))];
        RefuseUnknown(data.Columns.Where((_, i) => found[i] is null));
        if (found.All(c => c!.Kind != ImportKind.RecordId))
        {
            throw new ApiRefusal($"The record id field '{project.RecordId.Name}' is missing from the data");
        }

        var rows = new List<ImportRow>(data.Rows.Count);
        foreach (string?[] row in data.Rows)
        {
            string? Key(ImportKind kind)
            {
                int at = Array.FindIndex(found, c => c!.Kind == kind);
                return at < 0 ? null : row[at]?.Trim();
            }

            var values = new List<(ImportColumn, string)>();
            for (int i = 0; i < found.Length; i++)
            {
                if (found[i]!.Kind >= ImportKind.Field && row[i] is { } value)
                {
                    values.Add((found[i]!, value));
                }
            }

            rows.Add(new ImportRow(
                Key(ImportKind.RecordId) ?? "", found.Any(c => c!.Kind == ImportKind.Event) ? Key(ImportKind.Event) ?? "" : null, Key(ImportKind.RepeatInstrument) ?? "", Key(ImportKind.RepeatInstance) ?? "",
                Key(ImportKind.DataAccessGroup), Key(ImportKind.SurveyIdentifier), values));
        }

        return rows;
    }

    /// <summary>Rows of the same record, event, instrument and instance are one. A checkbox is <c>field___code</c> with 0 or 1, or the field with a code that is checked.</summary>
    private static List<ImportRow> Eav(TextTable data, Project project, ServerOptions options)
    {
        foreach (string needed in (string[])["record", "field_name", "value"])
        {
            if (data.IndexOf(needed) < 0)
            {
                throw new ApiRefusal($"The column '{needed}' is missing from the data, which are said to be of the type eav");
            }
        }

        RefuseUnknown(data.Columns.Where(c => c is not ("record" or "field_name" or "value") && !ExportColumns.Pseudo.Contains(c)));
        bool events = data.IndexOf(ExportColumns.EventName) >= 0;
        var rows = new Dictionary<(string, string, string, string), (string? Dag, List<(ImportColumn, string)> Values)>();
        var unknown = new List<string>();
        foreach (string?[] row in data.Rows)
        {
            string Of(string column) => data.Value(row, column)?.Trim() ?? "";
            string name = Of("field_name"), value = data.Value(row, "value") ?? "";
            ImportColumn? column = ImportColumn.Find(name, project, options.RefuseCalcImport);
            if (column is null && project.Field(name) is { IsCheckbox: true } box)
            {
                column = box.Choices.Concat(project.MissingCodes).Any(c => c.Code == value)
                    ? new ImportColumn(name, ImportKind.Checkbox, box, value, project.Form(box.Form))
                    : throw new ApiRefusal(new ImportFault(Of("record"), name, value, $"The value is not a valid category for {name}").ToString());
                value = "1";
            }

            if (column is null)
            {
                unknown.Add(name);
                continue;
            }

            var key = (Of("record"), Of(ExportColumns.EventName), Of(ExportColumns.RepeatInstrument), Of(ExportColumns.RepeatInstance));
            if (!rows.TryGetValue(key, out var held))
            {
                rows.Add(key, held = (data.Value(row, ExportColumns.DataAccessGroup), []));
            }

            if (column.Kind == ImportKind.DataAccessGroup)
            {
                rows[key] = (value.Trim(), held.Values);
            }
            else if (column.Kind >= ImportKind.Field)
            {
                held.Values.Add((column, value));
            }
        }

        RefuseUnknown(unknown.Distinct());
        return [.. rows.Select(r => new ImportRow(r.Key.Item1, events ? r.Key.Item2 : null, r.Key.Item3, r.Key.Item4, r.Value.Dag, null, r.Value.Values))];
    }

    private static void RefuseUnknown(IEnumerable<string> names)
    {
        if (string.Join(", ", names) is { Length: > 0 } unknown)
        {
            throw new ApiRefusal($"The following fields were not found in the project as real data fields: {unknown}");
        }
    }
}
