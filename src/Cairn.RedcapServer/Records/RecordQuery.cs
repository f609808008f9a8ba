using Cairn.RedcapServer.Api;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Logic;

namespace Cairn.RedcapServer.Records;

/// <summary>Which records and fields are exported, and how their values are written: the parameters of a record export, each found to be valid.</summary>
public sealed record RecordQuery
{
    public bool Eav { get; init; }

    /// <summary>Labels in place of codes.</summary>
    public bool Labels { get; init; }

    /// <summary>Labels in the header of CSV.</summary>
    public bool LabelHeaders { get; init; }

    /// <summary>With labels: a checkbox's own label or blank, in place of Checked and Unchecked.</summary>
    public bool CheckboxLabels { get; init; }

    public bool SurveyFields { get; init; }

    public bool DataAccessGroups { get; init; }

    /// <summary>Blank in place of 0 for the status of a form that was never touched.</summary>
    public bool BlankForGrayStatus { get; init; }

    /// <summary>One column for a checkbox field, its checked codes parted by commas.</summary>
    public bool CombineCheckboxes { get; init; }

    /// <summary>In place of the decimal character of numbers; null leaves it.</summary>
    public char? DecimalCharacter { get; init; }

    /// <summary>A file field gives <c>[document]</c>, as older servers do, and not its file's name.</summary>
    public bool FilesAsDocument { get; init; }

    /// <summary>Line breaks in values as two spaces each, as in the CSV of reports.</summary>
    public bool OneLine { get; init; }

    /// <summary>As the web page's download writes values: <see cref="OneLine"/>, and a space before what a spreadsheet would take for a formula.</summary>
    public bool ForSpreadsheets { get; init; }

    /// <summary>Null for all.</summary>
    public IReadOnlyList<string>? Records { get; init; }

    /// <summary>Names of fields and form statuses; null, with <see cref="Forms"/> null too, for all.</summary>
    public IReadOnlySet<string>? Fields { get; init; }

    public IReadOnlySet<string>? Forms { get; init; }

    /// <summary>The fields in the order of their columns, as a report has them; null for that of the dictionary.</summary>
    public IReadOnlyList<string>? Order { get; init; }

    /// <summary>Numbers of events; null for all.</summary>
    public IReadOnlySet<int>? Events { get; init; }

    public LogicExpression? Filter { get; init; }

    /// <summary>Only records added or changed after this time of the log, and before <see cref="Before"/>.</summary>
    public string? After { get; init; }

    public string? Before { get; init; }

    /// <summary>Reads the parameters. Throws <see cref="ApiRefusal"/> for fields, forms, events and logic that are not valid.</summary>
    public static RecordQuery Read(ApiContext context)
    {
        ApiCall call = context.Call;
        Project project = context.Project;
        IReadOnlyList<string>? fields = call.List("fields");
        IReadOnlyList<string>? forms = call.List("forms");
        IReadOnlyList<string>? events = call.List("events");
        forms = forms is null ? null : [.. forms.Select(f => f.Replace(' ', '_'))];
        Refuse("fields", fields, f => project.Field(f) is not null || project.FormOfStatus(f) is not null);
        Refuse("forms", forms, f => project.Form(f) is not null);
        Refuse("events", project.Longitudinal ? events : null, e => project.Event(e) is not null);
        return new RecordQuery
        {
            Eav = call.Word("type", "flat", "eav") == "eav",
            Labels = call.Word("rawOrLabel", "raw", "label", "both") == "label",
            LabelHeaders = call.Word("rawOrLabelHeaders", "raw", "label", "both") == "label",
            CheckboxLabels = call.Flag("exportCheckboxLabel"),
            SurveyFields = call.Flag("exportSurveyFields"),
            DataAccessGroups = call.Flag("exportDataAccessGroups") && context.User.Dag is null && project.Design.Dags.Count > 0,
            BlankForGrayStatus = call.Flag("exportBlankForGrayFormStatus"),
            CombineCheckboxes = call.Flag("combineCheckboxOptions"),
            DecimalCharacter = call.Text("decimalCharacter") switch { "." => '.', "," or "comma" => ',', _ => null },
            FilesAsDocument = context.Options.FilesAsDocument,
            Records = call.List("records"),
            Fields = fields?.ToHashSet(StringComparer.Ordinal),
            Forms = forms?.ToHashSet(StringComparer.Ordinal),
            Events = project.Longitudinal ? events?.Select(e => project.Event(e)!.Id).ToHashSet() : null,
            Filter = call.Text("filterLogic") is { } logic ? Parsed(logic, project) : null,
            After = Time(call, "dateRangeBegin"),
            Before = Time(call, "dateRangeEnd"),
        };
    }

    /// <summary>Parses a filter. Throws <see cref="ApiRefusal"/> that says where it is wrong.</summary>
    public static LogicExpression Parsed(string logic, Project project)
    {
        try
        {
            return LogicExpression.Parse(logic, new LogicNames(project));
        }
        catch (LogicException e)
        {
            throw new ApiRefusal($"The filter logic is not valid: {e.Message}");
        }
    }

    private static void Refuse(string parameter, IReadOnlyList<string>? values, Func<string, bool> valid)
    {
        if (values?.Where(v => !valid(v)).Distinct().ToList() is { Count: > 0 } wrong)
        {
            throw ApiRefusal.NotValid(parameter, wrong);
        }
    }

    private static string? Time(ApiCall call, string parameter)
    {
        if (call.Text(parameter)?.Trim() is not { } text)
        {
            return null;
        }

        string[] forms = ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd"];
        return DateTime.TryParseExact(text, forms, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out DateTime time)
            ? time.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture)
            : throw new ApiRefusal($"The value of the parameter \"{parameter}\" is not a time in the form YYYY-MM-DD HH:MM:SS: '{text}'");
    }
}
