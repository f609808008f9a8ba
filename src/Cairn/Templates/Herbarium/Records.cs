namespace Cairn.Templates.Herbarium;

/// <summary>A sheet in the bundles: its image's name without ending, which bundle holds it, and the media records that show it.</summary>
internal sealed record Sheet(string Name, bool Stained, bool Unstained, IReadOnlyList<Image> Images);

/// <summary>One record of the media table. Two records are equal when their rows would be equal in every column.</summary>
internal sealed record Image(Specimen Specimen, string Division, string AccessUri, int Number, string Title)
{
    public string? Description { get; init; }

    /// <summary>Does the description hold the word "barcode", in any case?</summary>
    public bool NamesBarcode { get; init; }

    /// <summary>What stands after the word, in lower case and without a closing mark; null when nothing does.</summary>
    public string? Barcode { get; init; }

    /// <summary>In the public domain (CC0), or with conditions.</summary>
    public bool Open { get; init; } = true;
    public string? Source { get; init; }
    public string? Creator { get; init; }
    public int Width { get; init; }
    public int Height { get; init; }
}

/// <summary>One record of the occurrence table.</summary>
internal sealed class Specimen(string id, string division)
{
    public string Id => id;

    public string Division => division;

    /// <summary>True for a specimen that media records name and the occurrence table lacks.</summary>
    public bool Absent { get; set; }

    /// <summary>Its values by column; a column that is not here is blank.</summary>
    public Dictionary<string, string> Values { get; } = [];
}
