using Cairn.RedcapServer.Api;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Records;
using Cairn.RedcapServer.Storage;

namespace Cairn.RedcapServer.Contents;

/// <summary>
/// <c>content=file</c>: the file of a record's upload field; export (its name stands in the media type), import (sent as the part <c>file</c>; <c>repeat_instance</c> may be
/// <c>new</c>) and delete. A signature can be exported, and not imported.
/// </summary>
internal static class FileContent
{
    public static IEnumerable<ApiMethod> Methods { get; } = [ApiMethod.Export("file", Export), ApiMethod.Import("file", Import), ApiMethod.Delete("file", Delete)];

    private static ApiAnswer Export(ApiContext context)
    {
        Field field = FileField(context);
        if (!ExportLevel.Lets(field, context.Rights, context.Project))
        {
            throw ApiRefusal.NoRight("Your Data Export rights do not let the file be exported");
        }

        RecordData record = context.NeededRecord();
        StoredFile file = context.Session.File(Stored(context, field, record).Cells[field.Cell]) ?? throw NoFile();
        context.Log(LogKind.Export, "Download file (API)", $"record = '{record.Name}', field = '{field.Name}'");
        return ApiAnswer.File(file.Name, file.MediaType, file.Content);
    }

    private static ApiAnswer Import(ApiContext context)
    {
        Field field = FileField(context);
        if (field.Validation == "signature")
        {
            throw new ApiRefusal($"The field '{field.Name}' is a signature, which cannot be imported");
        }

        UploadedFile file = context.Call.File ?? throw new ApiRefusal("No file was sent");
        RecordData record = context.NeededRecord();
        Event at = context.NeededEvent(field.Form);
        bool fresh = string.Equals(context.Call.Text("repeat_instance")?.Trim(), "new", StringComparison.OrdinalIgnoreCase);
        RowKey first = RecordData.KeyOf(context.Project, at.Id, field.Form, 1);
        RowKey key = first.IsBase ? first : first with { Instance = fresh ? record.LastInstance(at.Id, first.Form) + 1 : context.Call.Instance() };
        DataRow row = record.RowOrNew(key);
        if (row.Cells.Holds(field.Cell))
        {
            context.Session.DeleteFile(row.Cells[field.Cell]);
        }

        row.Cells[field.Cell] = context.Session.Add(SafeName(file), SafeMediaType(file), file.Content);
        context.Session.Save(record);
        Log(context, field, record, SafeName(file));
        return ApiAnswer.Plain("");
    }

    private static ApiAnswer Delete(ApiContext context)
    {
        Field field = FileField(context);
        RecordData record = context.NeededRecord();
        DataRow row = Stored(context, field, record);
        context.Session.DeleteFile(row.Cells[field.Cell]);
        row.Cells[field.Cell] = "";
        context.Session.Save(record);
        Log(context, field, record, "");
        return ApiAnswer.Plain("");
    }

    /// <summary>An upload's name without its folders and without characters that no header can carry.</summary>
    public static string SafeName(UploadedFile file)
    {
        string name = new([.. Path.GetFileName(file.Name.Replace('\\', '/')).Where(c => !char.IsControl(c))]);
        return name.Length is > 0 and <= 255 ? name : "file";
    }

    /// <summary>The media type without parameters, which would be taken for those of the answer.</summary>
    public static string SafeMediaType(UploadedFile file) =>
        Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(file.MediaType, out var type) && type.MediaType.Value is { Length: < 128 } media ? media : "application/octet-stream";

    private static Field FileField(ApiContext context)
    {
        string name = context.Call.Needed("field");
        return context.Project.Field(name) is { Type: FieldType.File } field ? field : throw new ApiRefusal($"The field '{name}' does not exist or is not a 'file' field");
    }

    /// <summary>The row that has the file.</summary>
    private static DataRow Stored(ApiContext context, Field field, RecordData record)
    {
        Event at = context.NeededEvent(field.Form);
        DataRow? row = record.Row(RecordData.KeyOf(context.Project, at.Id, field.Form, context.Call.Instance()));
        return row?.Cells.Holds(field.Cell) == true ? row : throw NoFile();
    }

    private static ApiRefusal NoFile() => new("There is no file to download for this record");

    private static void Log(ApiContext context, Field field, RecordData record, string name) =>
        context.Session.Log(LogKind.RecordEdit, $"Update record (API) {record.Name}", $"{field.Name} = '{name}'", record.Name, record.Dag);
}
