namespace Cairn.RedcapServer.Logic;

/// <summary>How a reference names an instance.</summary>
public enum InstanceKind
{
    /// <summary>No instance is named, or <c>[current-instance]</c>.</summary>
    Current,

    /// <summary><c>[field][2]</c>.</summary>
    Number,
    First,
    Last,
    Previous,
    Next,
}

/// <summary>The instance of a reference: <c>[field]</c>, <c>[field][2]</c>, <c>[field][last-instance]</c>. The default is the instance at hand.</summary>
public readonly record struct InstanceRef(InstanceKind Kind, int Number = 0);
