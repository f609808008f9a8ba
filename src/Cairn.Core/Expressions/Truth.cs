namespace Cairn.Core.Expressions;

/// <summary>What a condition is for a row: SQL's three values.</summary>
public enum Truth : byte
{
    False,

    /// <summary>Not known, because a cell it depends on is blank.</summary>
    Unknown,
    True,
}
