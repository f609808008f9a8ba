namespace Cairn.RedcapServer.Definitions;

/// <summary>An instrument. Its place is that of its first field in the dictionary.</summary>
public sealed record Form
{
    public required string Name { get; init; }

    public required string Label { get; init; }

    /// <summary>Under which the form's status (0 incomplete, 1 unverified, 2 complete) is stored.</summary>
    public required int StatusCell { get; init; }

    /// <summary>Under which a survey's time of completion is stored; the form is a survey when <see cref="IsSurvey"/>.</summary>
    public required int TimestampCell { get; init; }

    public bool IsSurvey { get; init; }

    /// <summary>A survey's title as participants see it.</summary>
    public string SurveyTitle { get; init; } = "";

    /// <summary>The survey's attributes in the project XML it came from, its form and title among them.</summary>
    public IReadOnlyList<OdmAttribute> SurveyAttributes { get; init; } = [];

    public string StatusField => Name + "_complete";

    public string TimestampField => Name + "_timestamp";

    /// <summary>The label that REDCap gives a form of which it knows only the name: <c>my_first_instrument</c> becomes My First Instrument.</summary>
    public static string LabelOf(string name) => string.Join(' ', name.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>The form statuses with their labels.</summary>
    public static IReadOnlyList<Choice> Statuses { get; } = [new("0", "Incomplete"), new("1", "Unverified"), new("2", "Complete")];
}
