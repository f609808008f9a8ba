using System.Text;
using Cairn.Core.Expressions.Patterns;
using Cairn.Core.Tables;

namespace Cairn.Core.Expressions.Native;

/// <summary>matches(t, pattern): whether the pattern is found anywhere in the text.</summary>
internal sealed class Matching(Node<ReadOnlySpan<byte>> operand, Pattern pattern) : TruthNode
{
    public static TruthNode Of(Node<ReadOnlySpan<byte>> text, byte[] pattern) => pattern.Length == 0
        ? new ConstantTruth(null)
        : new Matching(text, Pattern.Parse(Encoding.UTF8.GetString(pattern), out string reason, out _)
            ?? throw new ArgumentException($"a pattern was compiled that has not been checked: {reason}"));

    public override bool TryEval(RowView row, Scratch scratch, out bool value)
    {
        bool known = operand.TryEval(row, scratch, out ReadOnlySpan<byte> text);
        value = known && pattern.IsFoundIn(text);
        return known;
    }
}
