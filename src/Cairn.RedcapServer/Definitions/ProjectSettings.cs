namespace Cairn.RedcapServer.Definitions;

/// <summary>What <c>content=project</c> tells of a project, beyond what follows from the rest of its definition.</summary>
public sealed record ProjectSettings
{
    public string Title { get; init; } = "";

    /// <summary>When the project was made, <c>YYYY-MM-DD HH:MM:SS</c>.</summary>
    public string Created { get; init; } = "";

    /// <summary>When it was moved to production; blank while in development.</summary>
    public string Production { get; init; } = "";

    public bool InProduction { get; init; }

    public string Language { get; init; } = "English";

    public int Purpose { get; init; }

    public string PurposeOther { get; init; } = "";

    public string Notes { get; init; } = "";

    public string CustomRecordLabel { get; init; } = "";

    public string SecondaryUniqueField { get; init; } = "";

    public bool Longitudinal { get; init; }

    public bool SurveysEnabled { get; init; }

    public bool SchedulingEnabled { get; init; }

    public bool AutoNumbering { get; init; } = true;

    public bool RandomizationEnabled { get; init; }

    public bool DdpEnabled { get; init; }

    public string IrbNumber { get; init; } = "";

    public string GrantNumber { get; init; } = "";

    public string PiFirstName { get; init; } = "";

    public string PiLastName { get; init; } = "";

    public string PiEmail { get; init; } = "";

    public bool DisplayTodayNowButton { get; init; } = true;

    /// <summary><c>UNK, Unknown | NA, Not applicable</c>.</summary>
    public string MissingDataCodes { get; init; } = "";

    public string ExternalModules { get; init; } = "";

    public bool BypassBranchingErasePrompt { get; init; }
}
