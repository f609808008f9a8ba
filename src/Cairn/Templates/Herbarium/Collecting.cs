namespace Cairn.Templates.Herbarium;

/// <summary>Where, when and by whom a specimen was collected: invented values, each kept as it would be written.</summary>
internal static class Collecting
{
    private static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    private static readonly string[] Countries = ["Norland", "Vestria", "Côte Bleue", "Sørmark", "Island of Reeds", "Oberfeld", "Ñandu", "Marisca"];
    private static readonly string[] Words =
        ["weir", "ridge", "lower field", "north bank", "old quarry", "reed bed", "mill", "\"Upper Farm\" track", "ford", "pine wood", "ca. 3 km", "near", "wet meadow", "stony slope"];

    private static readonly string[] Genera = ["Exemplaria", "Fictiva", "Herbula", "Inventa", "Placeholdera", "Testifolia", "Umbrosella"];
    private static readonly string[] Epithets = ["alba", "communis", "dubia", "fluvialis", "minor", "montana", "nova", "rubra", "tenuis"];

    public static Specimen Specimen(Draws draws, string division)
    {
        Specimen specimen = new($"https://example.org/ark:/99999/s{draws.Token(8)}", division);
        bool plant = division == "Botany";
        int number = draws.Below(900000);
        string country = draws.Of(Countries);
        string genus = draws.Of(Genera);
        string epithet = draws.Of(Epithets);
        Dictionary<string, string> values = specimen.Values;
        void Sometimes(int percent, string column, Func<string> value)
        {
            if (draws.Percent(percent))
            {
                values[column] = value();
            }
        }

        values["modified"] = $"2020-0{1 + draws.Below(9)}-1{draws.Below(10)}";
        values["institutionCode"] = "USNM";
        values["collectionCode"] = plant ? "US" : division;
        values["basisOfRecord"] = "PreservedSpecimen";
        values["occurrenceID"] = specimen.Id;
        values["preparations"] = plant ? "Pressed specimen" : "Dry";
        values["higherGeography"] = $"Invented lands, {country}";
        values["kingdom"] = plant ? "Plantae" : "Animalia";
        values["genus"] = genus;
        values["specificEpithet"] = epithet;
        values["scientificName"] = $"{genus} {epithet}";
        Sometimes(99, "catalogNumber", () => plant ? $"US {number}" : $"{number:D8}");
        Sometimes(60, "recordNumber", () => $"{draws.Below(3000)}");
        values["recordedBy"] = draws.Below(80) switch { 0 => "Null", < 8 => $"Équipe d'Åre {draws.Below(9)}", int party => $"Field party {party}" };
        When(draws, values);
        Sometimes(99, "country", () => country);
        Sometimes(73, "stateProvince", () => draws.Percent(5) ? "NA" : $"Province {draws.Below(40)}");
        Sometimes(15, "county", () => $"{draws.Of(Words)} Co.");
        Sometimes(80, "locality", () => Locality(draws));
        Sometimes(5, "identifiedBy", () => $"Reviewer {draws.Below(20)}");
        Sometimes(30, "decimalLatitude", () => $"-{draws.Below(80)}.{draws.Below(1000):D4}");
        return specimen;
    }

    private static void When(Draws draws, Dictionary<string, string> values)
    {
        int year = 1840 + draws.Below(170);
        int month = 1 + draws.Below(12);
        int day = 1 + draws.Below(28);
        bool hasYear = draws.Percent(88), hasMonth = draws.Percent(65), hasDay = draws.Percent(42);
        bool padded = draws.Percent(10);                                    // "07" and "7" stand side by side, and stay as they are
        if (hasYear)
        {
            values["year"] = $"{year}";
        }

        if (hasMonth)
        {
            values["month"] = padded ? $"{month:D2}" : $"{month}";
        }

        if (hasDay)
        {
            values["day"] = padded ? $"{day:D2}" : $"{day}";
        }

        if (hasYear && hasMonth && hasDay)
        {
            values["eventDate"] = $"{year}-{month:D2}-{day:D2}";
        }

        if (draws.Percent(92))
        {
            values["verbatimEventDate"] = draws.Below(20) switch { 0 => "s.d.", 1 => $"spring {year}", _ => $"{day} {Months[month - 1]} {year}" };
        }
    }

    private static string Locality(Draws draws) => draws.Below(40) switch
    {
        0 => $"\"behind the {draws.Of(Words)}",                             // opened and never closed
        1 => $"{draws.Of(Words)} ",                                         // a blank at the end
        _ => string.Join(' ', Enumerable.Range(0, 2 + draws.Below(3)).Select(_ => draws.Of(Words))) + $", {draws.Below(400)} m",
    };
}
