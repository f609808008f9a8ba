using System.Globalization;
using Cairn.RedcapServer.Definitions;

namespace Cairn.RedcapServer.Odm;

/// <summary>The settings that are elements of a project XML's <c>GlobalVariables</c>, each a text.</summary>
internal static class OdmSettings
{
    private static readonly Dictionary<string, (Func<ProjectSettings, string> Of, Func<ProjectSettings, string, ProjectSettings> With)> Known = new(StringComparer.Ordinal)
    {
        ["RecordAutonumberingEnabled"] = (s => Flag(s.AutoNumbering), (s, text) => s with { AutoNumbering = IsSet(text) }),
        ["CustomRecordLabel"] = (s => s.CustomRecordLabel, (s, text) => s with { CustomRecordLabel = text }),
        ["SecondaryUniqueField"] = (s => s.SecondaryUniqueField, (s, text) => s with { SecondaryUniqueField = text }),
        ["SchedulingEnabled"] = (s => Flag(s.SchedulingEnabled), (s, text) => s with { SchedulingEnabled = IsSet(text) }),
        ["SurveysEnabled"] = (s => Flag(s.SurveysEnabled), (s, text) => s with { SurveysEnabled = IsSet(text) }),
        ["RandomizationEnabled"] = (s => Flag(s.RandomizationEnabled), (s, text) => s with { RandomizationEnabled = IsSet(text) }),
        ["DisplayTodayNowButton"] = (s => Flag(s.DisplayTodayNowButton), (s, text) => s with { DisplayTodayNowButton = IsSet(text) }),
        ["Purpose"] = (s => s.Purpose.ToString(CultureInfo.InvariantCulture), (s, text) => s with { Purpose = int.TryParse(text, CultureInfo.InvariantCulture, out int number) ? number : 0 }),
        ["PurposeOther"] = (s => s.PurposeOther, (s, text) => s with { PurposeOther = text }),
        ["ProjectNotes"] = (s => s.Notes, (s, text) => s with { Notes = text }),
        ["MissingDataCodes"] = (s => s.MissingDataCodes, (s, text) => s with { MissingDataCodes = text }),
    };

    /// <summary>What a project has that did not come from XML: the elements of version 14.7, in its order.</summary>
    public static IReadOnlyList<OdmElement> Usual { get; } =
    [
        .. Texts(
            ("RecordAutonumberingEnabled", "1"), ("CustomRecordLabel", ""), ("SecondaryUniqueField", ""), ("SecondaryUniqueFieldDisplayValue", "1"),
            ("SecondaryUniqueFieldDisplayLabel", "1"), ("SchedulingEnabled", "0"), ("SurveysEnabled", "0"), ("SurveyInvitationEmailField", ""), ("RandomizationEnabled", "0"),
            ("DisplayTodayNowButton", "1"), ("PreventBranchingEraseValues", "0"), ("RequireChangeReason", "0"), ("DataHistoryPopup", "1"), ("OrderRecordsByField", ""),
            ("taskCompleteStatus", "0"), ("MyCapEnabled", "0"), ("Purpose", "0"), ("PurposeOther", ""), ("ProjectNotes", ""), ("MissingDataCodes", ""), ("ProtectedEmailMode", "0"),
            ("ProtectedEmailModeCustomText", ""), ("ProtectedEmailModeTrigger", "ALL"), ("ProtectedEmailModeLogo", "")),
    ];

    /// <summary>The settings with what this element says; the same when it is none of them.</summary>
    public static ProjectSettings With(ProjectSettings settings, OdmElement element) => Known.TryGetValue(element.Name, out var known) ? known.With(settings, element.Text) : settings;

    /// <summary>The element's text as the settings are now.</summary>
    public static string TextOf(ProjectSettings settings, OdmElement element) => Known.TryGetValue(element.Name, out var known) ? known.Of(settings) : element.Text;

    private static IEnumerable<OdmElement> Texts(params ReadOnlySpan<(string Name, string Text)> elements)
    {
        var found = new List<OdmElement>();
        foreach ((string name, string text) in elements)
        {
            found.Add(new OdmElement(name, [], text, []));
        }

        return found;
    }

    private static string Flag(bool set) => set ? "1" : "0";

    private static bool IsSet(string text) => text is not ("" or "0");
}
