namespace Cairn.Templates.Herbarium;

/// <summary>The media table: 19 columns, one name twice (dc:rights and dcterms:rights share it), two columns blank throughout.</summary>
internal static class MediaTable
{
    private static readonly string[] Columns =
    [
        "id", "identifier", "type", "title", "rights", "rights", "UsageTerms", "WebStatement", "licenseLogoURL", "source", "creator", "providerLiteral",
        "description", "subjectCategoryVocabulary", "scientificName", "accessURI", "format", "PixelXDimension", "PixelYDimension",
    ];

    public static string Provider(string division) => $"Smithsonian Institution, NMNH, {division}";

    public static void Write(Stream stream, IEnumerable<Image> rows) => PackedLines.Write(stream, rows.Select(Cells).Prepend(Columns));

    private static string?[] Cells(Image image)
    {
        string rights = image.Open ? "CC0" : "Usage Conditions Apply";
        return
        [
            image.Specimen.Id, $"https://example.org/media?irn={image.Number}", "image", image.Title, rights, rights,
            image.Open ? "https://creativecommons.org/publicdomain/zero/1.0/" : "https://example.org/terms", "https://example.org/policies",
            image.Open ? "https://example.org/icons/cc0.svg" : null, image.Source, image.Creator, Provider(image.Division),
            image.Description, null, null, image.AccessUri, image.Division == HerbariumSet.Botany ? "tiff, jpeg" : "jpeg",
            $"{image.Width}", $"{image.Height}",
        ];
    }
}
