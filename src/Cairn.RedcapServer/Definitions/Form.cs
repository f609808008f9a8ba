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

    public string StatusField => Name + "_complete";

    public string TimestampField => Name + "_timestamp";

    /// <summary>The form statuses with their labels.</summary>
    public static IReadOnlyList<Choice> Statuses { get; } = [new("0", "Incomplete"), new("1", "Unverified"), new("2", "Complete")];
}
