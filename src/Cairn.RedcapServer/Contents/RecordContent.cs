using Cairn.RedcapServer.Api;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Odm;
using Cairn.RedcapServer.Records;
using Cairn.RedcapServer.Storage;
using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Contents;

/// <summary><c>content=record</c>: export, import, delete and rename; and <c>content=generateNextRecordName</c>.</summary>
internal static class RecordContent
{
    public static IEnumerable<ApiMethod> Methods { get; } =
    [
        ApiMethod.Export("record", Export),
        ApiMethod.Import("record", Import),
        ApiMethod.Delete("record", Delete),
        new ApiMethod("record", "rename", ApiRight.Import, Writes: true, Rename),
        ApiMethod.Export("generateNextRecordName", context => ApiAnswer.Plain(new RecordNames(context.Session, context.User.Dag).Take())),
    ];

    private static ApiAnswer Export(ApiContext context)
    {
        ApiCall call = context.Call;
        DataFormat format = call.Format;
        char delimiter = format == DataFormat.Csv ? call.CsvDelimiter : ',';
        var export = new RecordExport(context, RecordQuery.Read(context));
        string picked = call.List("fields") is { } fields ? ", fields: " + string.Join(", ", fields) : "";
        context.Log(LogKind.Export, LogEntry.ExportAction, $"export_format: {format.ToString().ToUpperInvariant()}, rawOrLabel: {call.Word("rawOrLabel", "raw", "label", "both")}{picked}");
        return format == DataFormat.Odm
            ? new ApiAnswer(ApiAnswer.MediaTypeOf(DataFormat.Xml), to => OdmWriter.WriteRecords(to, context, export))
            : new ApiAnswer(ApiAnswer.MediaTypeOf(format), to => export.Write(to, format, delimiter));
    }

    private static ApiAnswer Import(ApiContext context)
    {
        ApiCall call = context.Call;
        string content = call.Word("returnContent", "count", "ids", "auto_ids", "nothing");
        bool eav = call.Word("type", "flat", "eav") == "eav";
        if (content == "auto_ids" && !call.Flag("forceAutoNumber"))
        {
            throw new ApiRefusal("The value \"auto_ids\" of the parameter \"returnContent\" needs forceAutoNumber=true");
        }

        if (call.Format == DataFormat.Json && IsOneObject(call))
        {
            // Observed: a single object is not an array of one, and nothing is said of it.
            return ImportAnswer.Of([], content, call.ReturnFormat);
        }

        TextTable data = call.Format == DataFormat.Odm ? OdmRecords.Read(call.Raw("data") ?? throw new ApiRefusal("The parameter \"data\" is missing"), context) : context.Data();
        Imported imported = new RecordImport(context).Import(data, eav);
        return call.Flag("backgroundProcess") ? ImportAnswer.Background(call.ReturnFormat) : ImportAnswer.Of(imported.Records, content, call.ReturnFormat, context.CountOff);
    }

    private static ApiAnswer Delete(ApiContext context)
    {
        if (!context.Rights.May("record_delete"))
        {
            throw ApiRefusal.NoRight("You do not have Delete Record privileges");
        }

        IReadOnlyList<string> names = context.Call.List("records") ?? throw new ApiRefusal("The parameter \"records\" is missing");
        return ApiAnswer.Count(new RecordDeletion(context).Delete([.. names.Distinct()]));
    }

    private static ApiAnswer Rename(ApiContext context)
    {
        if (!context.Rights.May("record_rename"))
        {
            throw ApiRefusal.NoRight("You do not have Rename Record privileges");
        }

        ProjectSession session = context.Session;
        string name = context.Call.Text("record")?.Trim() ?? throw new ApiRefusal("The parameter \"record\" is missing");
        string other = context.Call.Text("new_record_name")?.Trim() ?? throw new ApiRefusal("The parameter \"new_record_name\" is missing");
        RecordData record = session.Record(name) is { } found && (context.User.Dag is null || found.Dag == context.User.Dag) ? found
            : throw new ApiRefusal($"The record \"{name}\" does not exist");
        if (other.Length > 100 || session.Exists(other))
        {
            throw new ApiRefusal(other.Length > 100 ? "The new record name is longer than 100 characters" : $"The record \"{other}\" exists already");
        }

        var renamed = new RecordData(other, record.Dag, context.Project);
        foreach (DataRow row in record.Rows)
        {
            renamed.Add(row);
        }

        session.Delete(name);
        session.Save(renamed);
        session.Log(LogKind.RecordEdit, $"Update record (API) {other}", $"{context.Project.RecordId.Name} = '{other}'", other, record.Dag);
        return ApiAnswer.Count(1);
    }

    private static bool IsOneObject(ApiCall call) => call.Raw("data") is { } data && data.AsSpan().TrimStart() is ['{', ..];
}
