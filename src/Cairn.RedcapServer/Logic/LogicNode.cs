namespace Cairn.RedcapServer.Logic;

/// <summary>A part of an expression.</summary>
internal abstract class LogicNode
{
    public abstract LogicValue Evaluate(ILogicContext context);

    public virtual bool IsTrue(ILogicContext context) => Evaluate(context).IsTrue;

    /// <summary>As something to calculate with. A missing data code stands for no value, even where it is a number (<c>-99</c>).</summary>
    public virtual bool TryNumber(ILogicContext context, out double number)
    {
        LogicValue value = Evaluate(context);
        return value.TryNumber(out number) && !(value.Kind == LogicKind.Text && context.IsMissingCode(value.Text));
    }
}

/// <summary>A number, a text in quotes, true or false.</summary>
internal sealed class LiteralNode(LogicValue value) : LogicNode
{
    public LogicValue Value => value;

    public override LogicValue Evaluate(ILogicContext context) => value;

    public override bool TryNumber(ILogicContext context, out double number) => value.TryNumber(out number);
}

/// <summary>A call: <c>round([weight], 1)</c>.</summary>
internal sealed class CallNode(LogicCall call, LogicNode[] arguments) : LogicNode
{
    public override LogicValue Evaluate(ILogicContext context) => call(arguments, context);
}

/// <summary><c>[field]</c>, <c>[field(code)]</c>, <c>[event][field]</c>, <c>[field][instance]</c>.</summary>
internal sealed class FieldNode(string field, string? code, string? eventName, SmartVariable? smartEvent, InstanceRef instance) : LogicNode
{
    public override LogicValue Evaluate(ILogicContext context)
    {
        string? place = eventName;
        if (smartEvent is { } smart)
        {
            place = context.Smart(smart);
            if (string.IsNullOrEmpty(place))
            {
                // Before the first and after the last event there is nothing.
                return LogicValue.Blank;
            }
        }

        return LogicValue.OfText(context.Value(field, code, place, instance));
    }
}

/// <summary><c>[record-name]</c> and the like.</summary>
internal sealed class SmartNode(SmartVariable variable) : LogicNode
{
    public override LogicValue Evaluate(ILogicContext context) => LogicValue.OfText(context.Smart(variable));
}
