namespace Cairn.RedcapServer.Definitions;

/// <summary>An arm of a longitudinal project.</summary>
public sealed record Arm(int Number, string Name);

/// <summary>An event of a longitudinal project; a classic project has one, which is not shown.</summary>
public sealed record Event
{
    public required int Id { get; init; }

    public required string Name { get; init; }

    public required int Arm { get; init; }

    /// <summary>Slug of the name and <c>_arm_n</c>.</summary>
    public required string UniqueName { get; init; }

    public string CustomLabel { get; init; } = "";

    public double DayOffset { get; init; }

    public double OffsetMinimum { get; init; }

    public double OffsetMaximum { get; init; }
}

/// <summary>An instrument designated for an event.</summary>
public sealed record FormEvent(int EventId, string Form);

/// <summary>What repeats: an instrument in an event, or, where <paramref name="Form"/> is null, the whole event.</summary>
public sealed record Repeat(int EventId, string? Form, string CustomLabel);

/// <summary>A data access group.</summary>
public sealed record Dag(int Id, string Name, string UniqueName);

/// <summary>A report of the project: which fields, which records.</summary>
public sealed record Report
{
    public required int Id { get; init; }

    public required string Title { get; init; }

    public IReadOnlyList<string> Fields { get; init; } = [];

    public string Filter { get; init; } = "";

    public IReadOnlyList<string> Events { get; init; } = [];
}
