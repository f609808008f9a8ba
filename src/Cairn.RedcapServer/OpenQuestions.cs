using System.Globalization;

namespace Cairn.RedcapServer;

/// <summary>An option of the server's behaviour: a question to which the public record of REDCap has no answer, or has two.</summary>
/// <param name="Name">As it is written on the command line.</param>
/// <param name="About">What it decides.</param>
/// <param name="Value">Its value in some options, as text.</param>
/// <param name="With">The options with another value; null when the text is none.</param>
public sealed record OpenQuestion(string Name, string About, Func<ServerOptions, string> Value, Func<ServerOptions, string, ServerOptions?> With);

/// <summary>Every such option.</summary>
public static class OpenQuestions
{
    public static IReadOnlyList<OpenQuestion> All { get; } =
    [
        new("version", "The version told to clients", o => o.Version, (o, t) => System.Version.TryParse(t, out _) ? o with { Version = t } : null),
        Number("malformed-data-status", "The status for data that are not in the format they were said to be in: 400 or 406", o => o.MalformedDataStatus, (o, n) => n is 400 or 406 ? o with { MalformedDataStatus = n } : null),
        Flag("auto-numbering-refuses-ids", "Names of new records are refused while auto-numbering is on and was not asked for, as by older servers", o => o.AutoNumberingRefusesIds, (o, f) => o with { AutoNumberingRefusesIds = f }),
        Flag("calc-in-field-names", "Calculated fields are among the export field names", o => o.CalcInFieldNames, (o, f) => o with { CalcInFieldNames = f }),
        Flag("refuse-calc-import", "A value for a calculated field is refused, and not passed over", o => o.RefuseCalcImport, (o, f) => o with { RefuseCalcImport = f }),
        Flag("take-calcs-of-new-projects", "Calculated values in the XML that a project is created with by the API are taken, and not left blank until their record is changed", o => o.TakeCalcsOfNewProjects, (o, f) => o with { TakeCalcsOfNewProjects = f }),
        Flag("export-events-without-forms", "Events without a designated instrument are exported", o => o.ExportEventsWithoutForms, (o, f) => o with { ExportEventsWithoutForms = f }),
        Flag("refuse-unknown-records", "Names of records that do not exist are refused in an export, and not passed over", o => o.RefuseUnknownRecords, (o, f) => o with { RefuseUnknownRecords = f }),
        Flag("full-stop-in-messages", "Messages for classic projects end with a full stop, as those of older servers", o => o.FullStopInMessages, (o, f) => o with { FullStopInMessages = f }),
        Flag("files-as-document", "A file field's value is [document], as from older servers, and not the file's name", o => o.FilesAsDocument, (o, f) => o with { FilesAsDocument = f }),
        Number("first-event-id", "The number of the first event of a new server", o => o.FirstEventId, (o, n) => n > 0 ? o with { FirstEventId = n } : null),
    ];

    /// <summary>The options with one of them changed. Throws <see cref="FormatException"/> for a name there is not, or a value it does not take.</summary>
    public static ServerOptions With(ServerOptions options, string name, string value)
    {
        OpenQuestion question = All.FirstOrDefault(q => q.Name == name) ?? throw new FormatException($"there is no option `{name}`; there are {string.Join(", ", All.Select(q => q.Name))}");
        return question.With(options, value) ?? throw new FormatException($"`{value}` is not a value of `{name}` ({question.About})");
    }

    private static OpenQuestion Flag(string name, string about, Func<ServerOptions, bool> value, Func<ServerOptions, bool, ServerOptions> with) =>
        new(name, about, o => value(o) ? "true" : "false", (o, t) => bool.TryParse(t, out bool flag) ? with(o, flag) : null);

    private static OpenQuestion Number(string name, string about, Func<ServerOptions, int> value, Func<ServerOptions, int, ServerOptions?> with) =>
        new(name, about, o => value(o).ToString(CultureInfo.InvariantCulture), (o, t) => int.TryParse(t, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? with(o, number) : null);
}
