using System.Globalization;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Contents;

/// <summary>One attribute of a project: what <c>content=project</c> tells, and <c>content=project_settings</c> changes where it can be changed.</summary>
/// <param name="Name">In the API.</param>
/// <param name="Kind">A number or a text.</param>
/// <param name="Get">Its value.</param>
internal sealed record ProjectAttribute(string Name, ColumnKind Kind, Func<Project, string> Get)
{
    /// <summary>Null where it cannot be changed.</summary>
    public Func<ProjectSettings, string, ProjectSettings>? Set { get; private init; }

    /// <summary>Whether a value can be set.</summary>
    public Func<string, Project, bool> Valid { get; private init; } = (_, _) => true;

    /// <summary>In the order in which they are exported.</summary>
    public static IReadOnlyList<ProjectAttribute> All { get; } =
    [
        Number("project_id", p => p.Id),
        Text("project_title", s => s.Title, (s, v) => s with { Title = v }) with { Valid = (v, _) => v.Length > 0 },
        Text("creation_time", s => s.Created),
        Text("production_time", s => s.Production),
        Flag("in_production", p => p.Settings.InProduction),
        Text("project_language", s => s.Language, (s, v) => s with { Language = v }),
        Number("purpose", p => p.Settings.Purpose, (s, v) => s with { Purpose = v }, most: 4),
        Text("purpose_other", s => s.PurposeOther, (s, v) => s with { PurposeOther = v }),
        Text("project_notes", s => s.Notes, (s, v) => s with { Notes = v }),
        Text("custom_record_label", s => s.CustomRecordLabel, (s, v) => s with { CustomRecordLabel = v }),
        Text("secondary_unique_field", s => s.SecondaryUniqueField, (s, v) => s with { SecondaryUniqueField = v }) with { Valid = (v, p) => v.Length == 0 || p.Field(v) is not null },
        Flag("is_longitudinal", p => p.Longitudinal, (s, v) => s with { Longitudinal = v }),
        Flag("has_repeating_instruments_or_events", p => p.HasRepeats),
        Flag("surveys_enabled", p => p.Settings.SurveysEnabled, (s, v) => s with { SurveysEnabled = v }),
        Flag("scheduling_enabled", p => p.Settings.SchedulingEnabled, (s, v) => s with { SchedulingEnabled = v }),
        Flag("record_autonumbering_enabled", p => p.Settings.AutoNumbering, (s, v) => s with { AutoNumbering = v }),
        Flag("randomization_enabled", p => p.Settings.RandomizationEnabled, (s, v) => s with { RandomizationEnabled = v }),
        Flag("ddp_enabled", p => p.Settings.DdpEnabled),
        Text("project_irb_number", s => s.IrbNumber, (s, v) => s with { IrbNumber = v }),
        Text("project_grant_number", s => s.GrantNumber, (s, v) => s with { GrantNumber = v }),
        Text("project_pi_firstname", s => s.PiFirstName, (s, v) => s with { PiFirstName = v }),
        Text("project_pi_lastname", s => s.PiLastName, (s, v) => s with { PiLastName = v }),
        Text("project_pi_email", s => s.PiEmail),
        Flag("display_today_now_button", p => p.Settings.DisplayTodayNowButton, (s, v) => s with { DisplayTodayNowButton = v }),
        Text("missing_data_codes", s => s.MissingDataCodes),
        Text("external_modules", s => s.ExternalModules),
        Flag("bypass_branching_erase_field_prompt", p => p.Settings.BypassBranchingErasePrompt, (s, v) => s with { BypassBranchingErasePrompt = v }),
    ];

    private static ProjectAttribute Text(string name, Func<ProjectSettings, string> get, Func<ProjectSettings, string, ProjectSettings>? set = null) =>
        new(name, ColumnKind.Text, p => get(p.Settings)) { Set = set };

    /// <summary>A blank leaves a number as it is.</summary>
    private static ProjectAttribute Number(string name, Func<Project, int> get, Func<ProjectSettings, int, ProjectSettings>? set = null, int most = 0) =>
        new(name, ColumnKind.Number, p => get(p).ToString(CultureInfo.InvariantCulture))
        {
            Set = set is null ? null : (s, v) => v.Length == 0 ? s : set(s, int.Parse(v, CultureInfo.InvariantCulture)),
            Valid = (v, _) => v.Length == 0 || (int.TryParse(v, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= most),
        };

    private static ProjectAttribute Flag(string name, Func<Project, bool> get, Func<ProjectSettings, bool, ProjectSettings>? set = null) =>
        Number(name, p => get(p) ? 1 : 0, set is null ? null : (s, v) => set(s, v == 1), most: 1);
}
