using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Records;
using Cairn.RedcapServer.Storage;

namespace Cairn.RedcapServer.Contents;

/// <summary>
/// Keeps the data in sight when it changes what repeats: what did not repeat becomes the first instance, and the first instance what does not repeat. Further
/// instances of what no longer repeats stay stored, and come back when it repeats again.
/// </summary>
internal static class RepeatConversion
{
    public static void Convert(ProjectSession session, Project before, Project after)
    {
        List<(int Event, Form Form)> changed =
        [
            .. from at in before.Longitudinal ? before.Design.Events : [before.FirstEvent]
               from form in before.Design.Forms
               where RecordData.KeyOf(before, at.Id, form.Name, 1) != RecordData.KeyOf(after, at.Id, form.Name, 1)
               select (at.Id, form),
        ];
        if (changed.Count == 0)
        {
            return;
        }

        foreach (string name in session.RecordNames().ToList())
        {
            RecordData record = session.Record(name)!;
            bool moved = false;
            foreach ((int eventId, Form form) in changed)
            {
                moved |= Move(record, eventId, form, before, after);
            }

            if (moved)
            {
                session.Save(record);
            }
        }
    }

    private static bool Move(RecordData record, int eventId, Form form, Project before, Project after)
    {
        RowKey first = RecordData.KeyOf(before, eventId, form.Name, 1);
        int[] cells = [.. before.FieldsOf(form.Name).Select(f => f.Cell), form.StatusCell, form.TimestampCell];
        bool moved = false;
        foreach (DataRow row in record.Rows.Where(r => r.Key.EventId == eventId && r.Key.Form == first.Form && r.Key.IsBase == first.IsBase).ToList())
        {
            RowKey to = RecordData.KeyOf(after, eventId, form.Name, row.Key.Instance);
            if (to.IsBase && row.Key.Instance > 1)
            {
                continue;
            }

            foreach (int cell in cells.Where(row.Cells.Holds))
            {
                record.RowOrNew(to).Cells[cell] = row.Cells[cell];
                row.Cells[cell] = "";
                moved = true;
            }

            if (row.Cells.Count == 0 && moved)
            {
                record.Remove(row.Key);
            }
        }

        return moved;
    }
}
