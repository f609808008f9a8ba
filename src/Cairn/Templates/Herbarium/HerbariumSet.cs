namespace Cairn.Templates.Herbarium;

/// <summary>
/// The invented set as objects, before any of it is text: sheets with the images that show them, images with the specimen they picture. What a flow
/// over the files should find is counted from these (<see cref="ExpectedFigures"/>), never by reading the files.
/// </summary>
internal sealed class HerbariumSet
{
    public const string Botany = "Botany";

    private readonly Draws draws = new(seed: 135);
    private readonly List<Image> images = [];
    private readonly List<Sheet> sheets = [];
    private readonly List<Specimen> specimens = [];
    private readonly List<Image> rows = [];
    private readonly Queue<string> barcodes;

    private HerbariumSet()
    {
        HashSet<int> numbers = [];
        while (numbers.Count < 1200)
        {
            numbers.Add(1 + draws.Below(1_150_000));
        }

        barcodes = new Queue<string>(numbers.Select(number => $"{number:D8}"));
    }

    /// <summary>By name, as both bundles list them.</summary>
    public IReadOnlyList<Sheet> Sheets => sheets;

    /// <summary>The media table's rows in file order, copies included.</summary>
    public IReadOnlyList<Image> Rows => rows;

    /// <summary>The occurrence table's rows in file order.</summary>
    public IReadOnlyList<Specimen> Specimens => specimens;

    public static HerbariumSet Make()
    {
        HerbariumSet set = new();
        set.AddSheets();
        set.AddOtherPlants();
        set.AddOtherDivisions();
        set.LayOutRows();
        return set;
    }

    private void AddSheets()
    {
        AddSheets(419, name => [Plant(name)]);
        AddSheets(34, name => [Plant(name) with { Open = false }]);
        AddSheets(2, name => [Plant(name)], inBoth: true);
        AddSheets(40, name => TwoSpecimens(Plant(name)));
        AddSheets(3, name => [.. TwoSpecimens(Plant(name)), Plant(name)]);
        AddSheets(9, _ => []);                                             // no record names them

        // Three names carry a suffix, and records have the number without it: still no match.
        AddSheets(3, _ => [], suffix: "-2");

        // Three open sheets whose specimen the occurrence table lacks.
        AddSheets(3, name =>
        {
            Image image = Plant(name);
            image.Specimen.Absent = true;
            return [image];
        });
        sheets.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
    }

    private void AddSheets(int count, Func<string, IReadOnlyList<Image>> show, bool inBoth = false, string suffix = "")
    {
        for (int i = 0; i < count; i++)
        {
            string barcode = barcodes.Dequeue();
            bool stained = draws.Percent(50);
            IReadOnlyList<Image> shown = show(barcode);
            images.AddRange(shown);
            if (suffix.Length > 0)
            {
                images.Add(Plant(barcode));
            }

            sheets.Add(new Sheet(barcode + suffix, stained || inBoth, !stained || inBoth, shown));
        }
    }

    private void AddOtherPlants()
    {
        for (int i = 0; i < 300; i++)
        {
            images.Add(Plant(barcodes.Dequeue()) with { Open = draws.Percent(90) });
        }

        for (int i = 0; i < 9; i++)
        {
            images.Add(Picture(Botany, "plate") with { Description = Labels.WithoutNumber(draws), NamesBarcode = true });
        }

        foreach (string odd in (string[])["1234567", "1234644", "1234721", "03071234-03071235-a", "00123456-01", "US 00123457"])
        {
            string read = odd.Split(' ')[0].ToLowerInvariant();
            images.Add(Picture(Botany, "plate") with { Description = $"Barcode {odd}", NamesBarcode = true, Barcode = read });
        }

        for (int i = 0; i < 130; i++)
        {
            images.Add(Picture(Botany, "plate") with { Description = Labels.WithoutBarcode(draws) });
        }
    }

    private void AddOtherDivisions()
    {
        foreach ((string division, int count) in ((string, int)[])
            [("Mammals", 150), ("Invertebrate Zoology", 60), ("Entomology", 50), ("Fishes", 40), ("Birds", 12), ("Amphibians & Reptiles", 9)])
        {
            for (int i = 0; i < count; i++)
            {
                images.Add(Picture(division, "view") with { Description = Labels.OfDivision(draws, division), Open = draws.Percent(60) });
            }
        }

        // A beetle's label with the number of a sheet: only the provider tells that it is no plant.
        images.Add(Picture("Entomology", "view") with { Description = $"Pin label, barcode {sheets[7].Name}", NamesBarcode = true, Barcode = sheets[7].Name });

        // Not copies: these differ in one column, those hold the same text in two different columns.
        Image skull = Picture("Mammals", "view") with { Description = "Skull, lateral view" };
        Image cast = Picture("Fishes", "view") with { Source = "Plaster cast", Creator = null };
        images.AddRange([skull, skull with { Height = skull.Height + 1 }, cast, cast with { Source = null, Creator = "Plaster cast" }]);
    }

    /// <summary>The copies (only four of the seven divisions have any) and the order of both tables.</summary>
    private void LayOutRows()
    {
        Dictionary<string, int> toCopy = new() { ["Invertebrate Zoology"] = 3, ["Fishes"] = 2, ["Amphibians & Reptiles"] = 4 };
        foreach (Image image in images)
        {
            int copies = 0;
            if (image.Division == Botany)
            {
                copies = draws.Percent(85) ? 1 + draws.Below(3) : 0;
            }
            else if (toCopy.GetValueOrDefault(image.Division) > 0)
            {
                toCopy[image.Division]--;
                copies = 1;
            }

            rows.AddRange(Enumerable.Repeat(image, 1 + copies));
        }

        draws.Shuffle(rows);
        int bird = rows.FindIndex(image => image.Division == "Birds");
        (rows[0], rows[bird]) = (rows[bird], rows[0]);                      // so that the first row kept is not the first row
        specimens.AddRange(images.Select(image => image.Specimen).Distinct().Where(specimen => !specimen.Absent));
        for (int i = 0; i < 150; i++)
        {
            specimens.Add(Collecting.Specimen(draws, draws.Percent(50) ? Botany : "Birds"));
        }

        draws.Shuffle(specimens);
    }

    private Image Plant(string barcode) =>
        Picture(Botany, barcode) with { Description = Labels.OfSheet(draws, barcode), NamesBarcode = true, Barcode = barcode };

    /// <summary>One image, two specimens on the sheet: the records differ in their id alone.</summary>
    private IReadOnlyList<Image> TwoSpecimens(Image first) => [first, first with { Specimen = Collecting.Specimen(draws, Botany) }];

    private Image Picture(string division, string title)
    {
        int number = 10_000_000 + images.Count;
        string access = $"https://example.org/ark:/99999/m{draws.Token(8)}";
        bool plant = division == Botany;
        return new Image(Collecting.Specimen(draws, division), division, access, number, plant ? $"{title}.tif" : $"{title}-{number}.jpg")
        {
            Source = draws.Percent(99) ? $"{(plant ? "Herbarium" : division)}, sheet room" : null,
            Creator = draws.Percent(98) ? (plant ? "Conveyor belt" : $"Camera {draws.Below(6)}") : null,
            Width = 3000 + (10 * draws.Below(90)),
            Height = 4000 + (10 * draws.Below(90)),
        };
    }
}
