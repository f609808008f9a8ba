using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Records;
using Cairn.RedcapServer.Storage;

namespace Cairn.RedcapServer.Contents;

/// <summary>Takes events out of a project, with all that hangs on them.</summary>
internal static class StructureRemoval
{
    /// <summary>
    /// The design without these events, their mappings and their repeats. The rows of data in them are deleted, with their files; and the records that had no
    /// other rows.
    /// </summary>
    public static Design Events(ProjectSession session, Design design, IReadOnlySet<int> gone)
    {
        foreach (int eventId in gone)
        {
            foreach (string name in session.RecordsOfEvent(eventId))
            {
                RemoveRows(session, session.Record(name)!, eventId);
            }
        }

        return design with
        {
            Events = [.. design.Events.Where(e => !gone.Contains(e.Id))],
            FormEvents = [.. design.FormEvents.Where(m => !gone.Contains(m.EventId))],
            Repeats = [.. design.Repeats.Where(r => !gone.Contains(r.EventId))],
        };
    }

    private static void RemoveRows(ProjectSession session, RecordData record, int eventId)
    {
        foreach (DataRow row in record.Rows.Where(r => r.Key.EventId == eventId).ToList())
        {
            foreach (Field field in session.Project.Design.Fields.Where(f => f.Type == FieldType.File && row.Cells.Holds(f.Cell)))
            {
                session.DeleteFile(row.Cells[field.Cell]);
            }

            record.Remove(row.Key);
        }

        if (record.Rows.Count == 0)
        {
            session.Delete(record.Name);
        }
        else
        {
            session.Save(record);
        }
    }
}
