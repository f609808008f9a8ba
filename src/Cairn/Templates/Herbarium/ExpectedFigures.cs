using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cairn.Templates.Herbarium;

/// <summary>What the flow should find in the set, counted from the objects it was made of. The names are the flow's figures.</summary>
internal static class ExpectedFigures
{
    private static readonly string[] Wanted =
    [
        "institutionCode", "catalogNumber", "recordedBy", "year", "month", "day", "verbatimEventDate", "country", "stateProvince", "county", "locality",
        "identifiedBy", "scientificName",
    ];

    public static void Write(Stream stream, HerbariumSet set)
    {
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            foreach ((string figure, object value) in Of(set))
            {
                json.WritePropertyName(figure);
                Write(json, value);
            }

            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    private static void Write(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case int number:
                json.WriteNumberValue(number);
                break;
            case Dictionary<string, int> counts:
                json.WriteStartObject();
                foreach ((string name, int count) in counts)
                {
                    json.WriteNumber(name, count);
                }

                json.WriteEndObject();
                break;
            case IEnumerable<Dictionary<string, string>> rows:
                json.WriteStartArray();
                foreach (Dictionary<string, string> row in rows)
                {
                    json.WriteStartObject();
                    foreach ((string column, string text) in row)
                    {
                        json.WriteString(column, text);
                    }

                    json.WriteEndObject();
                }

                json.WriteEndArray();
                break;
            default:
                throw new InvalidOperationException($"{value.GetType()} is no form of a figure");
        }
    }

    private static Dictionary<string, object> Of(HerbariumSet set)
    {
        List<Sheet> stained = [.. set.Sheets.Where(sheet => sheet.Stained)];
        List<Sheet> unstained = [.. set.Sheets.Where(sheet => sheet.Unstained)];
        List<Sheet> names = [.. stained, .. unstained];

        List<Image> once = [.. set.Rows.Distinct()];
        List<Image> botany = [.. once.Where(image => image.Division == HerbariumSet.Botany && image.NamesBarcode)];
        Dictionary<Image, int> firstRow = [];
        for (int row = 0; row < set.Rows.Count; row++)
        {
            firstRow.TryAdd(set.Rows[row], row);
        }

        List<(Sheet Sheet, Image? Image)> matched =
            [.. names.SelectMany(sheet => sheet.Images.Select(image => (sheet, (Image?)image)).DefaultIfEmpty((sheet, null)))];
        List<(Sheet Sheet, Image? Image)> single = [.. matched.GroupBy(row => row.Sheet).Where(sheet => sheet.Count() == 1).Select(sheet => sheet.Single())];
        List<(Sheet Sheet, Image Image)> open = [.. single.Where(row => row.Image is { Open: true }).Select(row => (row.Sheet, row.Image!))];
        List<Specimen> found = [.. open.Select(row => row.Image.Specimen).Where(specimen => !specimen.Absent)];

        return new()
        {
            ["bundle_rows"] = names.Count,
            ["stained"] = stained.Count,
            ["unstained"] = unstained.Count,
            ["bundle_distinct"] = set.Sheets.Count,
            ["multimedia_rows"] = set.Rows.Count,
            ["multimedia_columns"] = 19,
            ["duplicate_rows"] = set.Rows.Count - once.Count,
            ["provider_before"] = Count(set.Rows, image => MediaTable.Provider(image.Division)),
            ["provider_after"] = Count(once, image => MediaTable.Provider(image.Division)),
            ["botany_barcode_rows"] = botany.Count,
            ["first_kept_index"] = firstRow[botany[0]],
            ["last_kept_index"] = firstRow[botany[^1]],
            ["barcode_len"] = Count(botany, image => image.Barcode is null ? "null" : $"{image.Barcode.Length}"),
            ["merge_rows"] = matched.Count,
            ["merge_nonnull"] = Filled(matched),
            ["duplicate_barcodes"] = matched.Count - set.Sheets.Count,
            ["singles"] = single.Count,
            ["singles_nonnull"] = Filled(single),
            ["singles_rights"] = Count(single.Where(row => row.Image is not null), row => row.Image!.Open ? "CC0" : "Usage Conditions Apply"),
            ["occurrence_rows"] = set.Specimens.Count,
            ["occurrence_columns"] = OccurrenceTable.Columns.Length,
            ["final_rows"] = open.Count,
            ["final_columns"] = 4 + Wanted.Length,
            ["final_nonnull"] = Wanted.ToDictionary(column => column, column => found.Count(specimen => specimen.Values.ContainsKey(column))),
            ["unmatched"] = open.Where(row => row.Image.Specimen.Absent).Select(row => new Dictionary<string, string>
            {
                ["barcode"] = row.Sheet.Name,
                ["id"] = row.Image.Specimen.Id,
                ["accessURI"] = row.Image.AccessUri,
            }),
        };
    }

    private static Dictionary<string, int> Count<T>(IEnumerable<T> items, Func<T, string> name) =>
        items.GroupBy(name).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Count());

    private static Dictionary<string, int> Filled(IReadOnlyList<(Sheet Sheet, Image? Image)> rows) => new()
    {
        ["id"] = rows.Count(row => row.Image is not null),
        ["licenseLogoURL"] = rows.Count(row => row.Image is { Open: true }),
        ["source"] = rows.Count(row => row.Image?.Source is not null),
        ["creator"] = rows.Count(row => row.Image?.Creator is not null),
    };
}
