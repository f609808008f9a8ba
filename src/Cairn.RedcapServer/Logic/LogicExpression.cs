namespace Cairn.RedcapServer.Logic;

/// <summary>
/// REDCap's logic, as in a filter, in branching logic and in calculated fields: read once, evaluated at many places. It may be used by many threads at once.
/// </summary>
public sealed class LogicExpression
{
    /// <summary>Longer logic is refused: a calculation in a data dictionary holds 65,535 bytes.</summary>
    public const int MostCharacters = 262_144;

    private readonly LogicNode _root;

    private LogicExpression(string text, LogicNode root, IReadOnlyList<string> fields, bool namesEvents) =>
        (Text, _root, Fields, NamesEvents) = (text, root, fields, namesEvents);

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>The fields referred to, in lower case, each once.</summary>
    public IReadOnlyList<string> Fields { get; }

    /// <summary>
    /// Whether a reference names an event, by its name or as <c>[first-event-name]</c> and the like: such logic says the same of every event of a record,
    /// other logic of each event by itself. <c>[event-name]</c>, the one at hand, does not count.
    /// </summary>
    public bool NamesEvents { get; }

    /// <summary>Reads logic. Blank text is no logic: ask before.</summary>
    /// <exception cref="LogicException">It cannot be read, or names what is not there.</exception>
    public static LogicExpression Parse(string text, ILogicNames names)
    {
        if (text.Length > MostCharacters)
        {
            throw new LogicException($"the logic has {text.Length} characters, and at most {MostCharacters} are read", MostCharacters);
        }

        var parser = new LogicParser(text, names);
        LogicNode root = parser.Read();
        return new LogicExpression(text, root, parser.Fields, parser.NamesEvents);
    }

    /// <summary>What it comes to at a place: for a calculation. Does not fail; what cannot be calculated is blank.</summary>
    public LogicValue Evaluate(ILogicContext context) => _root.Evaluate(context);

    /// <summary>Whether it holds at a place: for a condition.</summary>
    public bool IsTrue(ILogicContext context) => _root.IsTrue(context);
}
