namespace Cairn.Templates.Herbarium;

/// <summary>The free text of the media table: how a description says which sheet an image shows, or does not.</summary>
internal static class Labels
{
    private static readonly string[] Habits = ["leaf detail", "flower head", "fruit in section", "root stock", "whole plant"];
    private static readonly string[] Views = ["lateral view", "dorsal view", "ventral view", "label"];

    /// <summary>The ways a description names a sheet. The barcode is always the word after "barcode", whatever else there is.</summary>
    public static string OfSheet(Draws draws, string barcode) => draws.Below(10) switch
    {
        < 4 => $"Barcode {barcode}",
        4 => $"US National Herbarium specimen, barcode {barcode}",
        5 => $"US National Herbarium specimen, BARCODE {barcode}.",
        6 => $"Barcode {barcode}, {draws.Of(Habits)}",
        7 => $"Field party {draws.Below(40)} no. {draws.Below(9000)}, herbarium sheet {100000 + draws.Below(900000)}, barcode {barcode}",
        8 => $"\"Green folder\" {draws.Below(90)}, barcode  {barcode}",
        _ => $"Sheet of the \"{draws.Of(Habits)}\" series; barcode {barcode} (filmed)",
    };

    /// <summary>The word with nothing after it.</summary>
    public static string WithoutNumber(Draws draws) => draws.Below(3) switch
    {
        0 => "US National Herbarium specimen, barcode",
        1 => "Specimen with barcode ",
        _ => "Barcode",
    };

    /// <summary>A plant without a barcode: no description at all, or one that does not hold the word.</summary>
    public static string? WithoutBarcode(Draws draws) => draws.Below(4) switch
    {
        0 => null,
        1 => $"Field photograph, {draws.Of(Habits)}",
        2 => $"Herbarium sheet {draws.Below(90000)}, bar code torn off",
        _ => $"Spirit jar {draws.Below(400)}, 3\" tall, {draws.Of(Habits)}",
    };

    /// <summary>Other divisions; some begin with a quotation mark that is never closed, which is data like any other.</summary>
    public static string? OfDivision(Draws draws, string division) => draws.Below(12) switch
    {
        0 => $"\"Old store\" drawer {draws.Below(60)}, {draws.Of(Views)}",
        1 => $"\"as received, {draws.Of(Views)}",
        2 => $"{division} specimen {draws.Below(9000)}, 3\" scale bar",
        3 => null,
        _ => $"{division} specimen {draws.Below(9000)}, {draws.Of(Views)}",
    };
}
