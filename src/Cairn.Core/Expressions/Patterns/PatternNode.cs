namespace Cairn.Core.Expressions.Patterns;

/// <summary>A part of a pattern.</summary>
internal abstract record PatternNode;

/// <summary>One character out of a set.</summary>
internal sealed record OneOf(CharacterSet Set) : PatternNode;

internal sealed record Sequence(IReadOnlyList<PatternNode> Parts) : PatternNode;

internal sealed record Alternatives(IReadOnlyList<PatternNode> Options) : PatternNode;

/// <param name="Most">Null for any number.</param>
internal sealed record Repeat(PatternNode Part, int Fewest, int? Most) : PatternNode;

internal sealed record TextBegin : PatternNode;

internal sealed record TextEnd : PatternNode;
