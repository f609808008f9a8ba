using System.Globalization;
using System.Text;
using Cairn.RedcapServer.Api;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Records;
using Cairn.RedcapServer.Storage;

namespace Cairn.RedcapServer.Odm;

/// <summary>
/// Writes a project, or records alone, as CDISC ODM 1.3.1 in the way REDCap 14.7 does. Published projects that are read and written again are the same to the
/// byte. Nothing is held of more than one record.
/// </summary>
public static class OdmWriter
{
    /// <summary>The project with its definition and, where there are any to write, records.</summary>
    /// <param name="records">Null for the definition alone.</param>
    public static void WriteProject(Stream to, OdmExport export, IEnumerable<(RecordData Record, IReadOnlyList<DataRow> Rows)>? records) => Write(to, export with { DefinesAll = true }, records, OdmGlobals.Write);

    /// <summary>The records, and of the definition what they need: the fields chosen, and the project's name. For an export of records in this format.</summary>
    public static void WriteRecords(Stream to, ApiContext context, RecordExport records) => Write(to, Of(context, records), records.Picked(), OdmGlobals.WriteNames);

    /// <summary>What the columns of an export of records say is to be written.</summary>
    internal static OdmExport Of(ApiContext context, RecordExport records)
    {
        Project project = context.Project;
        HashSet<int> cells = [.. records.Columns.Select(c => c.Cell)];
        HashSet<string> names = [.. records.Columns.Select(c => c.Name)];
        return new OdmExport
        {
            Project = project,
            At = context.Session.Now,
            Version = context.Options.Version,
            Fields = field => ReferenceEquals(field, project.RecordId) ? names.Contains(field.Name) : cells.Contains(field.Cell),
            Statuses = form => cells.Contains(form.StatusCell),
            SurveyFields = names.Contains(ExportColumns.SurveyIdentifier),
            DataAccessGroups = names.Contains(ExportColumns.DataAccessGroup),
            FileNames = context.Options.FilesAsDocument ? _ => "[document]" : StoredFiles.NameIn,
        };
    }

    private static void Write(Stream stream, OdmExport export, IEnumerable<(RecordData Record, IReadOnlyList<DataRow> Rows)>? records, Action<TextWriter, Project> globals)
    {
        using var to = new StreamWriter(stream, new UTF8Encoding(false), 64 << 10, leaveOpen: true) { NewLine = "\n" };
        string title = export.Project.Settings.Title, oid = "Project." + OdmText.ProjectOid(title);
        string at = export.At.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
        to.Write("<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n");
        to.Write("<ODM xmlns=\"http://www.cdisc.org/ns/odm/v1.3\" xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"");
        to.Write($" xmlns:redcap=\"{OdmXml.Redcap}\" xsi:schemaLocation=\"http://www.cdisc.org/ns/odm/v1.3 schema/odm/ODM1-3-1.xsd\" ODMVersion=\"1.3.1\" FileOID=\"000-00-0000\"");
        to.Write(" FileType=\"Snapshot\"");
        OdmText.Attribute(to, "Description", title);
        to.Write($" AsOfDateTime=\"{at}\" CreationDateTime=\"{at}\" SourceSystem=\"REDCap\"");
        OdmText.Attribute(to, "SourceSystemVersion", export.Version);
        to.Write($">\n<Study OID=\"{oid}\">\n");
        globals(to, export.Project);
        List<OdmForm> forms = [.. export.Project.Design.Forms.Select(f => OdmForm.Of(export, f)).Where(f => f.Groups.Count > 0)];
        OdmMetadata.Write(to, export, forms);
        to.Write("</Study>\n");
        if (records is not null)
        {
            to.Write($"<ClinicalData StudyOID=\"{oid}\" MetaDataVersionOID=\"{OdmMetadata.Oid(export)}\">\n");
            var data = new OdmData(to, export, forms);
            foreach ((RecordData record, IReadOnlyList<DataRow> rows) in records)
            {
                data.Write(record, rows);
            }

            to.Write("</ClinicalData>\n");
        }

        to.Write("</ODM>");
    }
}
