using System.Globalization;
using Cairn.RedcapServer.Api;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Storage;
using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Contents;

/// <summary>
/// <c>content=fileRepository</c>: <c>createFolder</c>, <c>list</c> (the folders and files right in a folder), export, import and delete of a file. A folder may be for one
/// group (<c>dag_id</c>) or one role (<c>role_id</c>) only; for others it does not exist. A role is known here by its
/// unique name alone; the number that REDCap gives it, which no method tells, is taken as that of a role without users (PHPCap sends one).
/// </summary>
internal static class FileRepositoryContent
{
    public static IEnumerable<ApiMethod> Methods { get; } =
    [
        new ApiMethod("fileRepository", "createFolder", ApiRight.Import, Writes: true, CreateFolder),
        new ApiMethod("fileRepository", "list", ApiRight.Export, Writes: false, List),
        ApiMethod.Export("fileRepository", Export),
        ApiMethod.Import("fileRepository", Import),
        ApiMethod.Delete("fileRepository", Delete),
    ];

    private static ApiAnswer CreateFolder(ApiContext context)
    {
        Needs(context);
        string name = context.Call.Needed("name");
        if (name.Length > 150)
        {
            throw new ApiRefusal("The name of a folder cannot be longer than 150 characters");
        }

        int? dag = context.Call.Number("dag_id");
        string? role = context.Call.Text("role_id")?.Trim();
        if (dag is not null && context.Project.Dag(dag) is null)
        {
            throw ApiRefusal.NotValid("dag_id", [Text(dag)]);
        }

        if (role is not null && context.Project.Role(role) is null && !int.TryParse(role, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            throw ApiRefusal.NotValid("role_id", [role]);
        }

        int id = context.Session.AddFolder(new StoredFolder(0, Folder(context), name, dag, role));
        context.LogManage("Create folder in File Repository (API)");
        return ApiAnswer.Table(context.Call, ("items", "item"), [new("folder_id", ColumnKind.Number)], [[Text(id)]]);
    }

    private static ApiAnswer List(ApiContext context)
    {
        Needs(context);
        int? parent = Folder(context);
        // Told since version 16.
        bool limits = context.Options.Version.Split('.')[0] is var major && int.TryParse(major, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 16;
        Column[] columns = [new("folder_id", ColumnKind.Number), new("doc_id", ColumnKind.Number), new("name"), .. limits ? new Column[] { new("role"), new("dag") } : []];
        List<string?[]> rows =
        [
            .. context.Session.Folders(parent).Where(f => MaySee(f, context)).Select(string?[] (f) => [Text(f.Id), null, f.Name, f.Role, context.Project.Dag(f.Dag)?.UniqueName]),
            .. context.Session.RepositoryFiles(parent).Select(string?[] (f) => [null, Text(f.Doc), f.Name, null, null]),
        ];
        context.LogManage("Export list of files in File Repository (API)");
        return context.Call.Format == DataFormat.Json
            ? ApiAnswer.Of(DataFormat.Json, "[" + string.Join(',', rows.Select(r => Json(columns, r))) + "]")
            : ApiAnswer.Table(context.Call, ("items", "item"), columns, rows.Select(r => r[..columns.Length]));
    }

    private static ApiAnswer Export(ApiContext context)
    {
        Needs(context);
        StoredFile file = File(context);
        context.LogManage("Download file from File Repository (API)");
        return ApiAnswer.File(file.Name, file.MediaType, file.Content);
    }

    private static ApiAnswer Import(ApiContext context)
    {
        Needs(context);
        UploadedFile file = context.Call.File ?? throw new ApiRefusal("No file was sent");
        context.Session.AddRepositoryFile(FileContent.SafeName(file), FileContent.SafeMediaType(file), file.Content, Folder(context));
        context.LogManage("Upload file to File Repository (API)");
        return ApiAnswer.Plain("");
    }

    private static ApiAnswer Delete(ApiContext context)
    {
        Needs(context);
        context.Session.DeleteRepositoryFile(File(context).Doc);
        context.LogManage("Delete file from File Repository (API)");
        return ApiAnswer.Plain("");
    }

    private static void Needs(ApiContext context) => context.NeedsModule("file_repository", "File Repository");

    /// <summary>The folder that <c>folder_id</c> names; null at the top.</summary>
    private static int? Folder(ApiContext context)
    {
        if (context.Call.Number("folder_id") is not { } id)
        {
            return null;
        }

        return context.Session.Folder(id) is { } folder && MaySee(folder, context) ? id
            : throw new ApiRefusal($"The File Repository folder folder_id={id} does not exist or else you do not have permission to that folder because it is DAG-restricted or Role-restricted.");
    }

    private static StoredFile File(ApiContext context)
    {
        string asked = context.Call.Needed("doc_id");
        return context.Call.Number("doc_id") is { } doc && context.Session.RepositoryFile(doc) is { } found
            && (found.Folder is not { } id || (context.Session.Folder(id) is { } folder && MaySee(folder, context))) ? found.File
            : throw new ApiRefusal($"The file doc_id={asked} does not exist in the File Repository, or you do not have permission to its folder");
    }

    /// <summary>Who is in no group sees the folders of all.</summary>
    private static bool MaySee(StoredFolder folder, ApiContext context) =>
        (folder.Dag is null || context.User.Dag is null || context.User.Dag == folder.Dag) && (folder.Role is null || context.User.Role == folder.Role);

    /// <summary>Without what the folder, or the file, does not have.</summary>
    private static string Json(Column[] columns, string?[] row) => "{" + string.Join(',', columns.Zip(row)
        .Where(p => !string.IsNullOrEmpty(p.Second))
        .Select(p => $"{JsonText.Quoted(p.First.Name)}:{(p.First.Kind == ColumnKind.Number ? p.Second : JsonText.Quoted(p.Second!))}")) + "}";

    private static string Text(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
