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
    public static readonly SettingShape Any = new AnyShape();

    public static SettingShape OneOf(params string[] values) => new ChoiceShape(values);

    public static SettingShape ListOf(SettingShape item) => new ListShape(item);

    /// <summary>A mapping whose keys the user makes up.</summary>
    public static SettingShape MapOf(SettingShape value) => new MapShape(value);

    public static SettingShape Either(params SettingShape[] shapes) => new EitherShape(shapes);

    public static ObjectShape Object(string name, params KeyShape[] keys) => new(name, keys);
}

/// <summary>text, integer or boolean; text takes any scalar as written.</summary>
public sealed record ScalarShape(string Kind) : SettingShape;

public sealed record AnyShape : SettingShape;

public sealed record ChoiceShape(IReadOnlyList<string> Values) : SettingShape;

public sealed record ListShape(SettingShape Item) : SettingShape;

public sealed record MapShape(SettingShape Value) : SettingShape;

/// <summary>The first shape whose outer form (scalar, list, mapping) fits the value is the one it is checked against.</summary>
public sealed record EitherShape(IReadOnlyList<SettingShape> Shapes) : SettingShape;

/// <summary>A mapping with known keys.</summary>
/// <param name="Name">What a message calls it: "a delimited source".</param>
public sealed record ObjectShape(string Name, IReadOnlyList<KeyShape> Keys) : SettingShape;

/// <summary>One known key.</summary>
/// <param name="About">One sentence for the reference and for editors.</param>
/// <param name="Default">The value when the key is absent, as it would be written; null when there is none.</param>
public sealed record KeyShape(string Name, SettingShape Shape, string About, bool Required = false, string? Default = null);
