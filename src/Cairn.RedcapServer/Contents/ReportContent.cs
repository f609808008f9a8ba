using System.Globalization;
using Cairn.RedcapServer.Api;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Odm;
using Cairn.RedcapServer.Records;
using Cairn.RedcapServer.Storage;
using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Contents;

/// <summary>
/// <c>content=report</c>: the records of a report: its fields in its order, its events and filter, always flat, and with the options of a record export that say
/// how values are written. Observed (REDCapR): in CSV a line break within a value is two spaces.
/// </summary>
internal static class ReportContent
{
    public static IEnumerable<ApiMethod> Methods { get; } = [ApiMethod.Export("report", Export)];

    private static ApiAnswer Export(ApiContext context)
    {
        ApiCall call = context.Call;
        Project project = context.Project;
        string id = call.Needed("report_id");
        Report report = project.Design.Reports.FirstOrDefault(r => r.Id.ToString(CultureInfo.InvariantCulture) == id) ?? throw ApiRefusal.NotValid("report_id", [id]);
        HashSet<int> events = [.. report.Events.Select(project.Event).OfType<Event>().Select(e => e.Id)];
        RecordQuery query = RecordQuery.Read(new ApiContext(Writing(call), context.Session, context.User, context.Options)) with
        {
            Fields = report.Fields.Count > 0 ? report.Fields.ToHashSet() : null,
            Order = report.Fields.Count > 0 ? report.Fields : null,
            OneLine = call.Format == DataFormat.Csv,
            Events = project.Longitudinal && events.Count > 0 ? events : null,
            Filter = string.IsNullOrWhiteSpace(report.Filter) ? null : RecordQuery.Parsed(report.Filter, project),
        };
        var export = new RecordExport(context, query);
        DataFormat format = call.Format;
        char delimiter = format == DataFormat.Csv ? call.CsvDelimiter : ',';
        context.Log(LogKind.Export, LogEntry.ExportAction, $"report_id: {report.Id}, export_format: {format.ToString().ToUpperInvariant()}");
        return format == DataFormat.Odm
            ? new ApiAnswer(ApiAnswer.MediaTypeOf(DataFormat.Xml), to => OdmWriter.WriteRecords(to, context, export))
            : new ApiAnswer(ApiAnswer.MediaTypeOf(format), to => export.Write(to, format, delimiter));
    }

    /// <summary>The parameters that a report has; others, such as a record export's, are of no account.</summary>
    private static ApiCall Writing(ApiCall call) =>
        new([.. call.Parameters.Where(p => p.Key is "rawOrLabel" or "rawOrLabelHeaders" or "exportCheckboxLabel" or "decimalCharacter" or "format")]);
}
