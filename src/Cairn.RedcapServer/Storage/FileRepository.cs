using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Cairn.RedcapServer.Storage;

/// <summary>A folder of a project's file repository.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Parent">The folder it is in; null at the top.</param>
/// <param name="Name">Need not be unique.</param>
/// <param name="Dag">The only group that has it; null for all.</param>
/// <param name="Role">The unique name of the only role that has it; null for all.</param>
public sealed record StoredFolder(int Id, int? Parent, string Name, int? Dag, string? Role);

/// <summary>The files of a project that belong to no record, in folders.</summary>
public static class FileRepository
{
    public static int AddFolder(this ProjectSession session, StoredFolder folder) => Convert.ToInt32(
        Schema.Scalar(
            session.Database, "INSERT INTO folders (project, parent, name, dag, role) VALUES ($0, $1, $2, $3, $4) RETURNING folder",
            session.Project.Id, folder.Parent, folder.Name, folder.Dag, folder.Role),
        CultureInfo.InvariantCulture);

    /// <summary>Null when there is none, or it is another project's.</summary>
    public static StoredFolder? Folder(this ProjectSession session, int id) =>
        Folders(session, "SELECT folder, parent, name, dag, role FROM folders WHERE project = $0 AND folder = $1", id).FirstOrDefault();

    /// <summary>The folders in a folder, or at the top, in the order in which they were made.</summary>
    public static IReadOnlyList<StoredFolder> Folders(this ProjectSession session, int? parent) =>
        Folders(session, "SELECT folder, parent, name, dag, role FROM folders WHERE project = $0 AND parent IS $1 ORDER BY folder", parent);

    /// <summary>The number of the new file.</summary>
    public static int AddRepositoryFile(this ProjectSession session, string name, string mediaType, byte[] content, int? folder) => Convert.ToInt32(
        Schema.Scalar(
            session.Database, "INSERT INTO files (project, name, media_type, content, folder, in_repository) VALUES ($0, $1, $2, $3, $4, 1) RETURNING doc",
            session.Project.Id, name, mediaType, content, folder),
        CultureInfo.InvariantCulture);

    /// <summary>The files in a folder, or at the top: number and name.</summary>
    public static IReadOnlyList<(int Doc, string Name)> RepositoryFiles(this ProjectSession session, int? folder)
    {
        using SqliteCommand command = Schema.Command(
            session.Database, "SELECT doc, name FROM files WHERE project = $0 AND in_repository = 1 AND folder IS $1 ORDER BY doc", session.Project.Id, folder);
        using SqliteDataReader rows = command.ExecuteReader();
        var found = new List<(int, string)>();
        while (rows.Read())
        {
            found.Add((rows.GetInt32(0), rows.GetString(1)));
        }

        return found;
    }

    /// <summary>The file and the folder it is in; null when there is none, or it is a record's, or another project's.</summary>
    public static (StoredFile File, int? Folder)? RepositoryFile(this ProjectSession session, int doc)
    {
        using SqliteCommand command = Schema.Command(
            session.Database, "SELECT name, media_type, content, folder FROM files WHERE doc = $0 AND project = $1 AND in_repository = 1", doc, session.Project.Id);
        using SqliteDataReader rows = command.ExecuteReader();
        return rows.Read() ? (new StoredFile(doc, rows.GetString(0), rows.GetString(1), rows.GetFieldValue<byte[]>(2)), rows.IsDBNull(3) ? null : rows.GetInt32(3)) : null;
    }

    public static void DeleteRepositoryFile(this ProjectSession session, int doc) =>
        Schema.Do(session.Database, "DELETE FROM files WHERE doc = $0 AND project = $1 AND in_repository = 1", doc, session.Project.Id);

    private static List<StoredFolder> Folders(ProjectSession session, string sql, int? which)
    {
        using SqliteCommand command = Schema.Command(session.Database, sql, session.Project.Id, which);
        using SqliteDataReader rows = command.ExecuteReader();
        var found = new List<StoredFolder>();
        while (rows.Read())
        {
            found.Add(new StoredFolder(
                rows.GetInt32(0), rows.IsDBNull(1) ? null : rows.GetInt32(1), rows.GetString(2), rows.IsDBNull(3) ? null : rows.GetInt32(3), rows.IsDBNull(4) ? null : rows.GetString(4)));
        }

        return found;
    }
}
