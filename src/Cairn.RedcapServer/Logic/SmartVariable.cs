namespace Cairn.RedcapServer.Logic;

/// <summary>The smart variables that logic may use. Those for which there is yes or no are <c>1</c> or <c>0</c>.</summary>
public enum SmartVariable
{
    RecordName,
    RecordDagId,
    RecordDagName,
    RecordDagLabel,
    UserName,
    UserDagId,
    UserDagName,
    UserDagLabel,
    UserRoleName,
    UserRoleLabel,
    EventId,
    EventName,
    EventLabel,
    EventNumber,
    FirstEventName,
    LastEventName,
    PreviousEventName,
    NextEventName,
    ArmNumber,
    ArmLabel,
    CurrentInstance,
    FirstInstance,
    LastInstance,
    PreviousInstance,
    NextInstance,
    InstrumentName,
    InstrumentLabel,
    IsForm,
    IsSurvey,
    ProjectId,
}

/// <summary>A smart variable as it is written and explained.</summary>
public sealed record SmartVariableEntry(SmartVariable Variable, string Name, string Description);

/// <summary>The table of smart variables.</summary>
public static class SmartVariables
{
    public static IReadOnlyList<SmartVariableEntry> All { get; } =
    [
        new(SmartVariable.RecordName, "record-name", "The record's name."),
        new(SmartVariable.RecordDagId, "record-dag-id", "The number of the record's data access group."),
        new(SmartVariable.RecordDagName, "record-dag-name", "The unique name of the record's data access group."),
        new(SmartVariable.RecordDagLabel, "record-dag-label", "The name of the record's data access group."),
        new(SmartVariable.UserName, "user-name", "The user's name."),
        new(SmartVariable.UserDagId, "user-dag-id", "The number of the user's data access group."),
        new(SmartVariable.UserDagName, "user-dag-name", "The unique name of the user's data access group."),
        new(SmartVariable.UserDagLabel, "user-dag-label", "The name of the user's data access group."),
        new(SmartVariable.UserRoleName, "user-role-name", "The unique name of the user's role."),
        new(SmartVariable.UserRoleLabel, "user-role-label", "The name of the user's role."),
        new(SmartVariable.EventId, "event-id", "The number of the event at hand."),
        new(SmartVariable.EventName, "event-name", "The unique name of the event at hand."),
        new(SmartVariable.EventLabel, "event-label", "The name of the event at hand."),
        new(SmartVariable.EventNumber, "event-number", "The place of the event at hand in its arm, from 1."),
        new(SmartVariable.FirstEventName, "first-event-name", "The unique name of the first event of the arm."),
        new(SmartVariable.LastEventName, "last-event-name", "The unique name of the last event of the arm."),
        new(SmartVariable.PreviousEventName, "previous-event-name", "The unique name of the event before the one at hand; blank at the first."),
        new(SmartVariable.NextEventName, "next-event-name", "The unique name of the event after the one at hand; blank at the last."),
        new(SmartVariable.ArmNumber, "arm-number", "The number of the arm."),
        new(SmartVariable.ArmLabel, "arm-label", "The name of the arm."),
        new(SmartVariable.CurrentInstance, "current-instance", "The number of the instance at hand."),
        new(SmartVariable.FirstInstance, "first-instance", "The number of the first instance that holds data."),
        new(SmartVariable.LastInstance, "last-instance", "The number of the last instance that holds data."),
        new(SmartVariable.PreviousInstance, "previous-instance", "The number of the instance before the one at hand; blank at the first."),
        new(SmartVariable.NextInstance, "next-instance", "The number of the instance after the one at hand; blank at the last."),
        new(SmartVariable.InstrumentName, "instrument-name", "The unique name of the instrument; also written form-name."),
        new(SmartVariable.InstrumentLabel, "instrument-label", "The label of the instrument."),
        new(SmartVariable.IsForm, "is-form", "1 on a data entry form, otherwise 0."),
        new(SmartVariable.IsSurvey, "is-survey", "1 on a survey page, otherwise 0."),
        new(SmartVariable.ProjectId, "project-id", "The project's number."),
    ];

    private static readonly Dictionary<string, SmartVariable> ByName = new(
        All.Select(e => KeyValuePair.Create(e.Name, e.Variable)).Append(KeyValuePair.Create("form-name", SmartVariable.InstrumentName)),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The variable of a name without brackets.</summary>
    public static bool TryFind(string name, out SmartVariable variable) => ByName.TryGetValue(name, out variable);

    /// <summary>Whether it can stand before a field: <c>[first-event-name][weight]</c>.</summary>
    internal static bool IsEvent(SmartVariable variable) => variable is SmartVariable.EventName or SmartVariable.FirstEventName or SmartVariable.LastEventName
        or SmartVariable.PreviousEventName or SmartVariable.NextEventName;

    /// <summary>What it means after a field: <c>[weight][last-instance]</c>; null when it cannot stand there.</summary>
    internal static InstanceKind? Instance(SmartVariable variable) => variable switch
    {
        SmartVariable.CurrentInstance => InstanceKind.Current,
        SmartVariable.FirstInstance => InstanceKind.First,
        SmartVariable.LastInstance => InstanceKind.Last,
        SmartVariable.PreviousInstance => InstanceKind.Previous,
        SmartVariable.NextInstance => InstanceKind.Next,
        _ => null,
    };
}
