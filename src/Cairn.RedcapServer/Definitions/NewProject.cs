using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Definitions;

/// <summary>Definitions of new projects.</summary>
public static class NewProject
{
    /// <summary>The event of a classic project, which nobody sees but in the XML of a project with repeating instruments.</summary>
    internal static Event OnlyEvent { get; } = new() { Id = 1, Name = "Event 1", Arm = 1, UniqueName = "event_1_arm_1" };

    /// <summary>A project with this dictionary, one event, and one user with full rights. Throws <see cref="DictionaryException"/>.</summary>
    public static Design From(TextTable dictionary, ProjectSettings settings, string user) => Completed(DataDictionary.Apply(dictionary, Bare(settings)), user);

    /// <summary>A project that has nothing yet but a record ID.</summary>
    public static Design Blank(ProjectSettings settings, string user)
    {
        var recordId = new Field { Cell = 0, Name = "record_id", Form = "my_first_instrument", Label = "Record ID" };
        return Completed(DataDictionary.WithFields(Bare(settings), [recordId], Form.LabelOf), user);
    }

    /// <summary>The definition with this user, who may do all there is to do.</summary>
    internal static Design WithUser(Design design, string user) => design with
    {
        Users = [.. design.Users.Where(u => !u.Name.Equals(user, StringComparison.OrdinalIgnoreCase)), new User { Name = user, Rights = Rights.Full(design.Forms.Select(f => f.Name)) }],
    };

    /// <summary>The definition with its events numbered from <paramref name="first"/> in their order.</summary>
    internal static Design Numbered(Design design, int first)
    {
        Dictionary<int, int> numbers = design.Events.Select((e, i) => (e.Id, Number: first + i)).ToDictionary(p => p.Id, p => p.Number);
        return design with
        {
            Events = [.. design.Events.Select(e => e with { Id = numbers[e.Id] })],
            FormEvents = [.. design.FormEvents.Select(m => m with { EventId = numbers[m.EventId] })],
            Repeats = [.. design.Repeats.Select(r => r with { EventId = numbers[r.EventId] })],
        };
    }

    private static Design Bare(ProjectSettings settings) => new() { Settings = settings, Arms = [new Arm(1, "Arm 1")], Events = [OnlyEvent] };

    private static Design Completed(Design design, string user)
    {
        // The instruments of a project that is longitudinal from the start belong to its one event, as they would had it been classic before.
        FormEvent[] designated = design.Settings.Longitudinal ? [.. design.Forms.Select(f => new FormEvent(OnlyEvent.Id, f.Name))] : [];
        return WithUser(design with { FormEvents = designated }, user);
    }
}
