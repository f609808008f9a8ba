using Cairn.RedcapServer.Api;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Odm;
using Cairn.RedcapServer.Records;
using Cairn.RedcapServer.Storage;

namespace Cairn.RedcapServer.Contents;

/// <summary>
/// <c>content=project_xml</c>: the project as CDISC ODM, with its records unless <c>returnMetadataOnly</c>. Which records and values is asked for as in an export of
/// records; the definition is whole whatever is asked. Files are within only with <c>exportFiles</c>.
/// </summary>
internal static class ProjectXmlContent
{
    public static IEnumerable<ApiMethod> Methods { get; } = [ApiMethod.Export("project_xml", Export)];

    private static ApiAnswer Export(ApiContext context)
    {
        ApiCall call = context.Call;
        RecordQuery query = RecordQuery.Read(context);
        bool files = call.Flag("exportFiles");
        var records = call.Flag("returnMetadataOnly") ? null : new RecordExport(context, query);
        var export = new OdmExport
        {
            Project = context.Project,
            At = context.Session.Now,
            Version = context.Options.Version,
            SurveyFields = query.SurveyFields,
            DataAccessGroups = query.DataAccessGroups,
            Files = files ? context.Session.File : null,
        };
        if (records is not null)
        {
            OdmExport values = OdmWriter.Of(context, records);
            export = export with { Fields = field => ReferenceEquals(field, context.Project.RecordId) || values.Fields(field), Statuses = values.Statuses };
        }

        context.Log(LogKind.Export, "Export project XML (API)", records is null ? "Metadata only" : "Metadata and data");
        return new ApiAnswer(ApiAnswer.MediaTypeOf(Text.DataFormat.Xml), to => OdmWriter.WriteProject(to, export, records?.Picked()));
    }
}
