namespace Cairn.Core.Settings;

/// <summary>
/// What a setting may be. One definition serves three ends: the check of a file (with "did you mean"), the JSON Schema for editors,
/// and the generated reference.
/// </summary>
public abstract record SettingShape
{
    public static readonly SettingShape Text = new ScalarShape("text");
    public static readonly SettingShape Integer = new ScalarShape("integer");
    public static readonly SettingShape Boolean = new ScalarShape("boolean");
    public static readonly SettingShape Blankable = new ScalarShape("blankable");
    public static readonly SettingShape Any = new AnyShape();

    public static SettingShape OneOf(params string[] values) => new ChoiceShape(values);

    public static SettingShape ListOf(SettingShape item) => new ListShape(item);

    /// <summary>A mapping whose keys the user makes up.</summary>
    public static SettingShape MapOf(SettingShape value) => new MapShape(value);

    public static SettingShape Either(params SettingShape[] shapes) => new EitherShape(shapes);

    public static ObjectShape Object(string name, params KeyShape[] keys) => new(name, keys);
}

/// <summary>text, integer, boolean or blankable; text takes any scalar as written except nothing at all, blankable takes that too.</summary>
public sealed record ScalarShape(string Kind) : SettingShape;

public sealed record AnyShape : SettingShape;

public sealed record ChoiceShape(IReadOnlyList<string> Values) : SettingShape;

public sealed record ListShape(SettingShape Item) : SettingShape;

public sealed record MapShape(SettingShape Value) : SettingShape;

/// <summary>
/// The first shape whose outer form (scalar, list, mapping) fits the value is the one it is checked against; of several scalar shapes, any may fit.
/// </summary>
public sealed record EitherShape(IReadOnlyList<SettingShape> Shapes) : SettingShape;

/// <summary>A mapping with known keys.</summary>
/// <param name="Name">What a message calls it: "a delimited source".</param>
public sealed record ObjectShape(string Name, IReadOnlyList<KeyShape> Keys) : SettingShape
{
    /// <summary>The next step to name when a key is unknown or missing, such as <c>cairn connectors show delimited</c>; the list of keys when null.</summary>
    public string? Help { get; init; }

    /// <summary>The shape of keys that are not listed; null when there can be none.</summary>
    public KeyShape? Others { get; init; }

    /// <summary>Exactly one of these keys must be there; null when keys are independent.</summary>
    public KeyChoice? Choice { get; init; }
}

/// <summary>Keys of which a mapping holds exactly one: the connector of a source, the head of a step, the form of a figure.</summary>
/// <param name="Noun">What a message calls them: "connector".</param>
/// <param name="MissingCode">The problem's code when none is there.</param>
/// <param name="SeveralCode">The problem's code when several are.</param>
/// <param name="UnknownCode">The problem's code when a key that holds a mapping is unknown and none of these is there; null for the usual one.</param>
/// <param name="Help">The next step when one is unknown; the list of keys when null.</param>
public sealed record KeyChoice(string Noun, IReadOnlyList<string> Keys, string MissingCode, string SeveralCode, string? UnknownCode = null, string? Help = null);

/// <summary>One known key.</summary>
/// <param name="About">One sentence for the reference and for editors.</param>
/// <param name="Default">The value when the key is absent, as it would be written; null when there is none.</param>
public sealed record KeyShape(string Name, SettingShape Shape, string About, bool Required = false, string? Default = null);
