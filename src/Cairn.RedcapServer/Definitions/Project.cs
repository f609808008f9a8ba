using System.Collections.Frozen;

namespace Cairn.RedcapServer.Definitions;

/// <summary>A project as it is defined now, with what follows from the definition looked up once. Does not change; a changed definition is another one.</summary>
public sealed class Project
{
    private readonly FrozenDictionary<string, Field> _fields;
    private readonly FrozenDictionary<string, Form> _forms;
    private readonly FrozenDictionary<string, IReadOnlyList<Field>> _fieldsOf;
    private readonly IReadOnlyList<Event> _events;
    private readonly FrozenDictionary<int, int> _eventOrder;
    private readonly FrozenDictionary<string, int> _formOrder;
    private readonly FrozenSet<(int Event, string Form)> _designated;
    private readonly FrozenSet<(int Event, string Form)> _repeatingForms;
    private readonly FrozenSet<int> _repeatingEvents;

    public Project(int id, long version, Design design)
    {
        (Id, Version, Design) = (id, version, design);
        _fields = design.Fields.ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);
        _forms = design.Forms.ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);
        _fieldsOf = design.Fields.GroupBy(f => f.Form).ToFrozenDictionary(g => g.Key, IReadOnlyList<Field> (g) => [.. g], StringComparer.Ordinal);
        _events = design.Events.Count > 0 ? design.Events : [NoEvent];
        _eventOrder = _events.Select((e, i) => (e.Id, i)).ToFrozenDictionary(p => p.Id, p => p.i);
        _formOrder = design.Forms.Select((f, i) => (f.Name, i)).ToFrozenDictionary(p => p.Name, p => p.i, StringComparer.Ordinal);
        _designated = design.FormEvents.Select(m => (m.EventId, m.Form)).ToFrozenSet();
        _repeatingForms = design.Repeats.Where(r => r.Form is not null).Select(r => (r.EventId, r.Form!)).ToFrozenSet();
        _repeatingEvents = design.Repeats.Where(r => r.Form is null).Select(r => r.EventId).ToFrozenSet();
        MissingCodes = ChoiceList.Read(design.Settings.MissingDataCodes);
    }

    public int Id { get; }

    /// <summary>Grows with each change of the definition.</summary>
    public long Version { get; }

    public Design Design { get; }

    public ProjectSettings Settings => Design.Settings;

    /// <summary>The first field of the dictionary. A project has one from its beginning.</summary>
    public Field RecordId => Design.Fields[0];

    /// <summary>Set to be, and has events: one whose events are all gone counts as classic until it has some again.</summary>
    public bool Longitudinal => Settings.Longitudinal && Design.Events.Count > 0;

    /// <summary>Any instrument or event repeats.</summary>
    public bool HasRepeats => Design.Repeats.Count > 0;

    public IReadOnlyList<Choice> MissingCodes { get; }

    /// <summary>The only one of a classic project; <see cref="NoEvent"/> when there is none.</summary>
    public Event FirstEvent => _events[0];

    /// <summary>Stands in where all events of a project were deleted.</summary>
    public static Event NoEvent { get; } = new() { Id = 0, Name = "", Arm = 1, UniqueName = "" };

    public Field? Field(string name) => _fields.GetValueOrDefault(name);

    public Form? Form(string name) => _forms.GetValueOrDefault(name);

    /// <summary>A form's fields in their order.</summary>
    public IReadOnlyList<Field> FieldsOf(string form) => _fieldsOf.GetValueOrDefault(form, []);

    /// <summary>The form whose status field this is; null when it is none.</summary>
    public Form? FormOfStatus(string field) => field.EndsWith("_complete", StringComparison.Ordinal) ? Form(field[..^"_complete".Length]) : null;

    public Event? Event(string uniqueName) => Design.Events.FirstOrDefault(e => e.UniqueName == uniqueName);

    public Event EventOf(int id) => _events[_eventOrder[id]];

    public Arm? Arm(int number) => Design.Arms.FirstOrDefault(a => a.Number == number);

    /// <summary>Its place among the events; after all others when there is no such event any more.</summary>
    public int OrderOfEvent(int id) => _eventOrder.GetValueOrDefault(id, int.MaxValue);

    /// <summary>Its place among the forms; blank (the row of what does not repeat) before all, unknown after all.</summary>
    public int OrderOfForm(string form) => form.Length == 0 ? -1 : _formOrder.GetValueOrDefault(form, int.MaxValue);

    /// <summary>Data of the form may be entered in the event.</summary>
    public bool IsDesignated(int eventId, string form) => !Longitudinal || _designated.Contains((eventId, form));

    /// <summary>The form repeats in the event by itself.</summary>
    public bool RepeatsForm(int eventId, string form) => _repeatingForms.Contains((eventId, form));

    /// <summary>The event repeats as a whole.</summary>
    public bool RepeatsEvent(int eventId) => _repeatingEvents.Contains(eventId);

    public Dag? Dag(string uniqueName) => Design.Dags.FirstOrDefault(d => d.UniqueName == uniqueName);

    public Dag? Dag(int? id) => id is null ? null : Design.Dags.FirstOrDefault(d => d.Id == id);

    public User? User(string name) => Design.Users.FirstOrDefault(u => string.Equals(u.Name, name, StringComparison.OrdinalIgnoreCase));

    public Role? Role(string uniqueName) => Design.Roles.FirstOrDefault(r => r.UniqueName == uniqueName);

    /// <summary>The user's own rights, or those of the role he has.</summary>
    public Rights RightsOf(User user) => Role(user.Role)?.Rights ?? user.Rights;
}
