using System.Text.Json.Serialization;

namespace Cairn.RedcapServer.Definitions;

/// <summary>All that defines a project: dictionary, structure, users, settings; not its records. Stored as one document.</summary>
public sealed record Design
{
    public ProjectSettings Settings { get; init; } = new();

    /// <summary>In the order of the dictionary; the first is the record id. The fields of a form stand together.</summary>
    public IReadOnlyList<Field> Fields { get; init; } = [];

    /// <summary>In the order of their first fields.</summary>
    public IReadOnlyList<Form> Forms { get; init; } = [];

    public IReadOnlyList<Arm> Arms { get; init; } = [];

    /// <summary>In order of arm, day offset, and id; a classic project has one.</summary>
    public IReadOnlyList<Event> Events { get; init; } = [];

    /// <summary>Empty in a classic project, where every form belongs to the one event.</summary>
    public IReadOnlyList<FormEvent> FormEvents { get; init; } = [];

    public IReadOnlyList<Repeat> Repeats { get; init; } = [];

    public IReadOnlyList<Dag> Dags { get; init; } = [];

    public IReadOnlyList<Role> Roles { get; init; } = [];

    public IReadOnlyList<User> Users { get; init; } = [];

    public IReadOnlyList<Report> Reports { get; init; } = [];

    /// <summary>
    /// What stood in the <c>GlobalVariables</c> of the project XML this project came from, in its order, so that an export gives all of it back. A setting or
    /// group that is also elsewhere in this definition has its place here, and there its value. Empty for other projects.
    /// </summary>
    public IReadOnlyList<OdmElement> Globals { get; init; } = [];

    /// <summary>The next number for a cell: see <see cref="Field.Cell"/>.</summary>
    public int NextCell { get; init; } = 1;
}

[JsonSourceGenerationOptions(IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(Design))]
internal sealed partial class DesignJson : JsonSerializerContext;
