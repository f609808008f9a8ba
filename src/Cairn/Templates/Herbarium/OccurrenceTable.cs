namespace Cairn.Templates.Herbarium;

/// <summary>The occurrence table: the 60 columns of the release, most of them blank in most rows.</summary>
internal static class OccurrenceTable
{
    public static readonly string[] Columns =
    [
        "id", "modified", "institutionCode", "collectionCode", "basisOfRecord", "occurrenceID", "catalogNumber", "recordNumber", "recordedBy",
        "individualCount", "sex", "lifeStage", "preparations", "associatedMedia", "associatedSequences", "occurrenceRemarks", "fieldNumber", "eventDate",
        "startDayOfYear", "endDayOfYear", "year", "month", "day", "verbatimEventDate", "habitat", "higherGeography", "continent", "waterBody",
        "islandGroup", "island", "country", "stateProvince", "county", "locality", "minimumElevationInMeters", "maximumElevationInMeters",
        "minimumDepthInMeters", "maximumDepthInMeters", "decimalLatitude", "decimalLongitude", "geodeticDatum", "verbatimLatitude",
        "verbatimLongitude", "verbatimCoordinateSystem", "georeferenceProtocol", "georeferenceRemarks", "identificationQualifier", "typeStatus",
        "identifiedBy", "scientificName", "higherClassification", "kingdom", "phylum", "class", "order", "family", "genus", "specificEpithet",
        "infraspecificEpithet", "scientificNameAuthorship",
    ];

    public static void Write(Stream stream, IEnumerable<Specimen> specimens) => PackedLines.Write(stream, specimens.Select(Cells).Prepend(Columns));

    private static string?[] Cells(Specimen specimen) =>
        [.. Columns.Select(column => column == "id" ? specimen.Id : specimen.Values.GetValueOrDefault(column))];
}
