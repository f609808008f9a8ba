namespace Cairn.RedcapServer.Logic;

/// <summary>What a function does with its arguments, which it evaluates itself.</summary>
internal delegate LogicValue LogicCall(LogicNode[] arguments, ILogicContext context);

/// <summary>Looks at arguments as they are written: which of them is wrong, and why; null when none is.</summary>
internal delegate (int Argument, string What)? LogicArgumentCheck(IReadOnlyList<LogicNode> arguments);

/// <summary>A function of the logic.</summary>
public sealed class LogicFunction
{
    /// <summary>For functions that take any number of values.</summary>
    public const int Any = int.MaxValue;

    internal LogicFunction(string name, string arguments, int least, int most, string description, LogicCall call, LogicArgumentCheck? check = null) =>
        (Name, Arguments, Least, Most, Description, Call, Check) = (name, arguments, least, most, description, call, check);

    /// <summary>In lower case; it may be written in any.</summary>
    public string Name { get; }

    /// <summary>The arguments as they are explained, <c>number, [places]</c>: what is in brackets may be left out.</summary>
    public string Arguments { get; }

    /// <summary>The least number of arguments.</summary>
    public int Least { get; }

    /// <summary>The greatest number of arguments, or <see cref="Any"/>.</summary>
    public int Most { get; }

    /// <summary>One line.</summary>
    public string Description { get; }

    internal LogicCall Call { get; }

    internal LogicArgumentCheck? Check { get; }

    internal string Arity => Most == Any ? $"{Least} or more values" : Least != Most ? $"{Least} to {Most} values" : Least == 1 ? "1 value" : $"{Least} values";
}
