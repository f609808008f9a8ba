namespace Cairn.RedcapServer.Definitions;

/// <summary>What a user or role may do. Numbers are those of the API's <c>user</c> and <c>userRole</c> contents.</summary>
public sealed record Rights
{
    /// <summary>The rights that are a plain number, by their names in the API.</summary>
    public IReadOnlyDictionary<string, int> Values { get; init; } = new Dictionary<string, int>();

    /// <summary>By instrument: 0 no access, 1 view and edit, 2 read only, 3 edit survey responses; since 15.6 128 and up.</summary>
    public IReadOnlyDictionary<string, int> Forms { get; init; } = new Dictionary<string, int>();

    /// <summary>By instrument: 0 no access, 1 full data set, 2 de-identified, 3 remove identifiers.</summary>
    public IReadOnlyDictionary<string, int> FormsExport { get; init; } = new Dictionary<string, int>();

    public int this[string name] => Values.GetValueOrDefault(name);

    public bool May(string name) => this[name] > 0;

    /// <summary>The names of <see cref="Values"/> in the order in which the API gives them.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "design", "alerts", "user_rights", "data_access_groups", "reports", "stats_and_charts", "manage_survey_participants", "calendar", "data_import_tool",
        "data_comparison_tool", "logging", "email_logging", "file_repository", "data_quality_create", "data_quality_execute", "api_export", "api_import", "api_modules",
        "mobile_app", "mobile_app_download_data", "record_create", "record_rename", "record_delete", "lock_records_all_forms", "lock_records",
        "lock_records_customization", "mycap_participants", "random_setup", "random_dashboard", "random_perform",
    ];

    /// <summary>Every right there is, full access to each instrument: what the maker of a project has.</summary>
    public static Rights Full(IEnumerable<string> forms)
    {
        List<string> all = [.. forms];
        return new Rights
        {
            Values = Names.ToDictionary(n => n, _ => 1),
            Forms = all.ToDictionary(f => f, _ => 1),
            FormsExport = all.ToDictionary(f => f, _ => 1),
        };
    }
}

/// <summary>A user of a project.</summary>
public sealed record User
{
    public required string Name { get; init; }

    public string Email { get; init; } = "";

    public string FirstName { get; init; } = "";

    public string LastName { get; init; } = "";

    /// <summary><c>YYYY-MM-DD</c>, or blank.</summary>
    public string Expiration { get; init; } = "";

    /// <summary>The unique name of the role whose rights the user has instead of his own; blank when none.</summary>
    public string Role { get; init; } = "";

    /// <summary>The group the user works in now; null when in none.</summary>
    public int? Dag { get; init; }

    /// <summary>In <see cref="Dags"/>: the user may switch to no group.</summary>
    public const int NoDag = 0;

    /// <summary>The groups the user may switch to.</summary>
    public IReadOnlyList<int> Dags { get; init; } = [];

    public Rights Rights { get; init; } = new();
}

/// <summary>A role: rights under a name.</summary>
public sealed record Role(string UniqueName, string Label, Rights Rights)
{
    /// <summary>Attributes of the role in the project XML it came from that are no right the API knows.</summary>
    public IReadOnlyList<OdmAttribute> OtherAttributes { get; init; } = [];
}
