namespace Cairn.Core.Settings;

/// <summary>What came of reading a settings text: its tree as far as it could be read, and everything wrong with it.</summary>
/// <param name="Root">Null when there is nothing to go on with.</param>
public sealed record SettingReading(Setting? Root, IReadOnlyList<Problem> Problems)
{
    /// <summary>The text as read, for the run's folder.</summary>
    public string Text { get; init; } = "";
}
