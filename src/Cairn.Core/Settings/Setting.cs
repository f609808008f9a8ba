namespace Cairn.Core.Settings;

/// <summary>A settings tree that remembers where each part stands in its file, so that every problem has a place.</summary>
/// <param name="Place">Line and column of the value.</param>
public abstract record Setting(FilePlace Place);

/// <summary>A single value, as written; <see cref="Quoted"/> tells <c>"12"</c> from <c>12</c>.</summary>
public sealed record ScalarSetting(string Text, bool Quoted, FilePlace Place) : Setting(Place)
{
    /// <summary>True for <c>null</c>, <c>~</c> and nothing at all, unquoted.</summary>
    public bool IsNull => !Quoted && Text is "" or "~" or "null" or "Null" or "NULL";
}

/// <summary>A list.</summary>
public sealed record ListSetting(IReadOnlyList<Setting> Items, FilePlace Place) : Setting(Place);

/// <summary>A mapping, in the order written. Keys are unique (a repeated key is a problem of the reader).</summary>
public sealed record MapSetting(IReadOnlyList<SettingEntry> Entries, FilePlace Place) : Setting(Place)
{
    public Setting? this[string key] => Entries.FirstOrDefault(e => e.Key == key)?.Value;
}

/// <summary>A part that could not be read; its problem has been reported, and no more is said of it.</summary>
public sealed record UnreadSetting(FilePlace Place) : Setting(Place);

/// <summary>One key of a mapping with the place of the key itself.</summary>
public sealed record SettingEntry(string Key, FilePlace KeyPlace, Setting Value);
