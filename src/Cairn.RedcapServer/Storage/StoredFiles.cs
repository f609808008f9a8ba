using Microsoft.Data.Sqlite;

namespace Cairn.RedcapServer.Storage;

/// <summary>A stored file.</summary>
public sealed record StoredFile(int Doc, string Name, string MediaType, byte[] Content);

/// <summary>
/// The files of a project's upload fields. A field's cell holds the file's number and name, <c>12:mugshot.jpg</c>, so that an export needs no look into the file.
/// </summary>
public static class StoredFiles
{
    /// <summary>The cell's text for the new file.</summary>
    public static string Add(this ProjectSession session, string name, string mediaType, byte[] content)
    {
        object doc = Schema.Scalar(
            session.Database, "INSERT INTO files (project, name, media_type, content) VALUES ($0, $1, $2, $3) RETURNING doc", session.Project.Id, name, mediaType, content)!;
        return $"{doc}:{name}";
    }

    /// <summary>Null when there is none, or it is another project's.</summary>
    public static StoredFile? File(this ProjectSession session, string cell)
    {
        using SqliteCommand command = Schema.Command(session.Database, "SELECT doc, name, media_type, content FROM files WHERE doc = $0 AND project = $1", Doc(cell), session.Project.Id);
        using SqliteDataReader rows = command.ExecuteReader();
        return rows.Read() ? new StoredFile(rows.GetInt32(0), rows.GetString(1), rows.GetString(2), rows.GetFieldValue<byte[]>(3)) : null;
    }

    public static void DeleteFile(this ProjectSession session, string cell) =>
        Schema.Do(session.Database, "DELETE FROM files WHERE doc = $0 AND project = $1", Doc(cell), session.Project.Id);

    /// <summary>The name within a file field's cell.</summary>
    public static string NameIn(string cell) => cell[(cell.IndexOf(':', StringComparison.Ordinal) + 1)..];

    private static int Doc(string cell) =>
        int.TryParse(cell.AsSpan(0, Math.Max(cell.IndexOf(':', StringComparison.Ordinal), 0)), System.Globalization.NumberStyles.None, null, out int doc) ? doc : -1;
}
