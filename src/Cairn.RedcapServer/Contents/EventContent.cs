using System.Globalization;
using Cairn.RedcapServer.Api;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Storage;
using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Contents;

/// <summary>
/// <c>content=event</c>: export (<c>arms</c> picks), import (<c>override=1</c> replaces all events) and delete. An item changes the event of its unique name, or
/// the one of its arm whose unique name follows from its name; otherwise it is a new event. Days and their ranges are given where scheduling is enabled.
/// </summary>
internal static class EventContent
{
    public static IEnumerable<ApiMethod> Methods { get; } = [ApiMethod.Export("event", Export), ApiMethod.Import("event", Import), ApiMethod.Delete("event", Delete)];

    /// <summary>The events that are exported: those without a form only where the server is told so.</summary>
    public static IEnumerable<Event> Exported(ApiContext context)
    {
        Design design = context.Project.Design;
        return design.Events.Where(e => context.Options.ExportEventsWithoutForms || design.FormEvents.Any(m => m.EventId == e.Id));
    }

    public static IOrderedEnumerable<Event> InOrder(IEnumerable<Event> events) => events.OrderBy(e => e.Arm).ThenBy(e => e.DayOffset).ThenBy(e => e.Id);

    private static ApiAnswer Export(ApiContext context)
    {
        context.NeedsLongitudinal("events");
        IReadOnlySet<int>? asked = context.Arms();
        bool days = context.Project.Settings.SchedulingEnabled;
        Column[] offsets = [new("day_offset"), new("offset_min"), new("offset_max")];
        context.LogManage("Export events (API)");
        return ApiAnswer.Table(
            context.Call, ("events", "item"),
            [
                new("event_name", ColumnKind.Quoted), new("arm_num", ColumnKind.Number), .. days ? offsets : [],
                new("unique_event_name"), new("custom_event_label"), new("event_id", ColumnKind.Number),
            ],
            Exported(context).Where(e => asked?.Contains(e.Arm) != false).Select(string?[] (e) =>
            [
                e.Name, Text(e.Arm), .. days ? new string?[] { Text(e.DayOffset), Text(e.OffsetMinimum), Text(e.OffsetMaximum) } : [], e.UniqueName, e.CustomLabel, Text(e.Id),
            ]),
            endsLastLine: false);
    }

    private static ApiAnswer Import(ApiContext context)
    {
        context.NeedsDevelopment();
        Design design = context.Project.Design;
        IReadOnlyList<DataItem> items = DataItem.Of(context);
        var faults = new Faults();
        foreach (DataItem item in items)
        {
            Check(item, context.Project, faults);
        }

        faults.Refuse();
        bool none = design.Events.Count == 0;
        if (context.Call.Flag("override"))
        {
            design = StructureRemoval.Events(context.Session, design, design.Events.Select(e => e.Id).ToHashSet());
        }

        List<Event> events = [.. design.Events];
        HashSet<int> known = [.. events.Select(e => e.Id)];
        int highest = Math.Max(context.Session.HighestEvent(), context.Options.FirstEventId - 1);
        foreach (DataItem item in items)
        {
            Put(item, ArmOf(item, context.Project), events, known, highest);
        }

        // The event of a classic project is its first, whatever else there is.
        int? only = design.Settings.Longitudinal || design.Events.Count == 0 ? null : design.Events[0].Id;
        List<Event> ordered = [.. InOrder(events).OrderBy(e => e.Id != only)];
        if (none && ordered.Count > 0)
        {
            // What was entered while the project had no event belongs to its first.
            context.Session.MoveRows(Project.NoEvent.Id, ordered[0].Id);
        }

        context.Session.Save(design with { Events = ordered });
        context.LogManage("Import events (API)");
        return ApiAnswer.Count(items.Count);
    }

    private static ApiAnswer Delete(ApiContext context)
    {
        context.NeedsDevelopment();
        Project project = context.Project;
        HashSet<int> gone = [.. context.Call.Needed("events", e => project.Event(e) is not null).Select(e => project.Event(e)!.Id)];
        context.Session.Save(StructureRemoval.Events(context.Session, project.Design, gone));
        context.LogManage("Delete events (API)");
        return ApiAnswer.Count(gone.Count);
    }

    private static void Check(DataItem item, Project project, Faults faults)
    {
        if (item["event_name"].Length == 0)
        {
            faults.Add($"{item}: the event_name is missing");
        }

        if (item["arm_num"].Length > 0 ? Requirements.ArmOf(project, item["arm_num"]) is null : project.Design.Arms.Count != 1)
        {
            faults.Add($"{item}: there is no arm \"{item["arm_num"]}\"");
        }

        foreach (string offset in (string[])["day_offset", "offset_min", "offset_max"])
        {
            if (item[offset].Length > 0 && Number(item[offset]) is null)
            {
                faults.Add($"{item}: the {offset} \"{item[offset]}\" is not a number");
            }
        }
    }

    private static void Put(DataItem item, int arm, List<Event> events, HashSet<int> known, int highest)
    {
        string name = item["event_name"];
        string derived = UniqueName(name, arm, []);
        int at = events.FindIndex(e => e.UniqueName == item["unique_event_name"]);
        at = at >= 0 ? at : events.FindIndex(e => e.Arm == arm && e.UniqueName == derived && known.Contains(e.Id));
        Event before = at >= 0 ? events[at] : new Event
        {
            Id = events.Select(e => e.Id).Append(highest).Max() + 1,
            Name = name,
            Arm = arm,
            UniqueName = "",
            DayOffset = events.Where(e => e.Arm == arm).Select(e => e.DayOffset).DefaultIfEmpty(0).Max() + 1,
        };
        Event after = before with
        {
            Name = name,
            Arm = arm,
            UniqueName = before.UniqueName == derived ? derived : UniqueName(name, arm, [.. events.Where(e => e.Id != before.Id).Select(e => e.UniqueName)]),
            CustomLabel = item.Has("custom_event_label") ? item["custom_event_label"] : before.CustomLabel,
            DayOffset = Number(item["day_offset"]) ?? before.DayOffset,
            OffsetMinimum = Number(item["offset_min"]) ?? before.OffsetMinimum,
            OffsetMaximum = Number(item["offset_max"]) ?? before.OffsetMaximum,
        };
        if (at >= 0)
        {
            events[at] = after;
        }
        else
        {
            events.Add(after);
        }
    }

    /// <summary>The slug of the name and <c>_arm_n</c>, with a letter behind when another event has that already.</summary>
    private static string UniqueName(string name, int arm, HashSet<string> taken)
    {
        string unique = $"{UniqueNames.Of(name, new HashSet<string>())}_arm_{Text(arm)}", free = unique;
        for (int i = 1; taken.Contains(free); i++)
        {
            free = unique + (i < 26 ? ((char)('a' + i)).ToString() : "_" + Text(i));
        }

        return free;
    }

    private static int ArmOf(DataItem item, Project project) => Requirements.ArmOf(project, item["arm_num"])?.Number ?? project.Design.Arms[0].Number;

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) ? number : null;

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
