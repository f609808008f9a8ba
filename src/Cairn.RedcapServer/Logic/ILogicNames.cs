namespace Cairn.RedcapServer.Logic;

/// <summary>
/// What logic may speak of in a project: its fields and events. Names are asked for in lower case. Besides the fields of the dictionary the form statuses
/// (<c>form_complete</c>) are fields; survey timestamps (<c>form_timestamp</c>) are where the server is to be like one that can filter by them.
/// </summary>
public interface ILogicNames
{
    /// <summary>Whether <c>[name]</c> may be written.</summary>
    bool IsField(string name);

    /// <summary>Whether the field has a value for each choice, <c>[name(code)]</c>, and none of its own.</summary>
    bool IsCheckbox(string name);

    /// <summary>Whether the project is longitudinal and has the event.</summary>
    bool IsEvent(string uniqueName);

    /// <summary>The fields, for "did you mean".</summary>
    IReadOnlyCollection<string> Fields { get; }

    /// <summary>The unique names of the events, for "did you mean"; none in a classic project.</summary>
    IReadOnlyCollection<string> Events { get; }
}
