using Cairn.RedcapServer.Definitions;

namespace Cairn.RedcapServer.Logic;

/// <summary>The names of a project. Made for each use; the lists are only made for a message.</summary>
/// <param name="project">The project.</param>
/// <param name="timestamps">Whether the timestamps of surveys are fields: older servers cannot filter by them (REDCapR#262).</param>
public sealed class LogicNames(Project project, bool timestamps = true) : ILogicNames
{
    private const string Timestamp = "_timestamp";

    public IReadOnlyCollection<string> Fields =>
    [
        .. project.Design.Fields.Where(f => f.HoldsData).Select(f => f.Name),
        .. project.Design.Forms.Select(f => f.StatusField),
        .. project.Design.Forms.Where(f => timestamps && f.IsSurvey).Select(f => f.TimestampField),
    ];

    public IReadOnlyCollection<string> Events => project.Longitudinal ? [.. project.Design.Events.Select(e => e.UniqueName)] : [];

    public bool IsField(string name) => project.Field(name) is { HoldsData: true } || project.FormOfStatus(name) is not null
        || (timestamps && name.EndsWith(Timestamp, StringComparison.Ordinal) && project.Form(name[..^Timestamp.Length]) is { IsSurvey: true });

    public bool IsCheckbox(string name) => project.Field(name) is { IsCheckbox: true };

    public bool IsEvent(string uniqueName) => project.Longitudinal && project.Event(uniqueName) is not null;
}
