namespace Cairn.Core.Expressions.Native;

/// <summary>Takes a node as one of the type wanted. The checker has made sure that it is, or is a bare NULL.</summary>
internal static class Conversions
{
    public static Node<ReadOnlySpan<byte>> AsText(this Node node) => node is NullNode ? new ConstantText([]) : (Node<ReadOnlySpan<byte>>)node;

    public static Node<long> AsInteger(this Node node) => node is NullNode ? new ConstantInteger(null) : (Node<long>)node;

    public static Node<double> AsNumber(this Node node) => node switch
    {
        NullNode => new ConstantNumber(null),
        Node<long> whole => (Node<double>)new IntegerAsNumber(whole).Folded(whole),
        _ => (Node<double>)node,
    };

    public static Node<bool> AsTruth(this Node node) => node is NullNode ? new ConstantTruth(null) : (Node<bool>)node;

    /// <summary>Any value as the text of a cell.</summary>
    public static Node<ReadOnlySpan<byte>> AsPrinted(this Node node) => node switch
    {
        Node<long> whole => (Node<ReadOnlySpan<byte>>)new IntegerText(whole).Folded(whole),
        Node<double> number => (Node<ReadOnlySpan<byte>>)new NumberText(number).Folded(number),
        Node<bool> truth => (Node<ReadOnlySpan<byte>>)new TruthText(truth).Folded(truth),
        _ => node.AsText(),
    };
}
