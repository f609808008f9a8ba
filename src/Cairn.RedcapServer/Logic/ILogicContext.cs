namespace Cairn.RedcapServer.Logic;

/// <summary>One place at which logic is evaluated: a record, in a longitudinal project one of its events, and where something repeats an instance.</summary>
public interface ILogicContext
{
    /// <summary>
    /// A stored value; null or <c>""</c> when blank. Names are in lower case and known to the <see cref="ILogicNames"/> the logic was read with.
    /// </summary>
    /// <param name="field">The field.</param>
    /// <param name="checkboxCode">For a checkbox field the choice, as written: the value is then <c>1</c> or <c>0</c>. Otherwise null.</param>
    /// <param name="eventName">The unique name of the event; null for the one at hand.</param>
    /// <param name="instance">The instance, of what repeats the field there.</param>
    string? Value(string field, string? checkboxCode, string? eventName, InstanceRef instance);

    /// <summary>The value of a smart variable; null or <c>""</c> when it has none here.</summary>
    string? Smart(SmartVariable variable);

    /// <summary>What <c>'now'</c> and <c>'today'</c> mean.</summary>
    DateTime Now { get; }

    /// <summary>Whether a value is one of the project's missing data codes.</summary>
    bool IsMissingCode(string value);
}
