using Cairn.Core.Flows;

namespace Cairn.Running;

/// <summary>What is wanted of a flow: only its plan, or its doing.</summary>
/// <param name="Named">A flow file, a folder with one, a flow's name; or a saved plan.</param>
/// <param name="Set">Values given with <c>--set</c>.</param>
internal sealed record RunWish(string Named, IReadOnlyList<KeyValuePair<string, string>> Set)
{
    /// <summary>Only the plan; nothing is written.</summary>
    public bool PlanOnly { get; init; }

    /// <summary>Write without asking.</summary>
    public bool Yes { get; init; }

    /// <summary>Only these writes, by name; null for all.</summary>
    public IReadOnlyList<string>? Only { get; init; }

    /// <summary>A saved plan that this carries out; null when there is none.</summary>
    public FlowReport? Plan { get; init; }

    /// <summary>The flow's text as the saved plan saw it.</summary>
    public string? PlannedText { get; init; }
}
