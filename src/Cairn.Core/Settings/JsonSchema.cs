using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cairn.Core.Settings;

/// <summary>
/// Writes a settings shape as JSON Schema (draft 2020-12), so that editors complete and check the same settings as Cairn does. What a schema
/// cannot say (names that must be there, expressions) is left to <c>cairn check</c>.
/// </summary>
public sealed class JsonSchema
{
    private readonly Dictionary<ObjectShape, string> _shared;
    private readonly Utf8JsonWriter _json;

    private JsonSchema(Dictionary<ObjectShape, string> shared, Utf8JsonWriter json)
    {
        _shared = shared;
        _json = json;
    }

    /// <returns>The schema as indented JSON, ending in a line end; the same shape gives the same text.</returns>
    public static string Of(ObjectShape shape, string title)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            var seen = new Dictionary<ObjectShape, int>(ReferenceEqualityComparer.Instance);
            Count(shape, seen);
            var shared = new Dictionary<ObjectShape, string>(ReferenceEqualityComparer.Instance);
            foreach (ObjectShape often in seen.Where(s => s.Value > 1).Select(s => s.Key))
            {
                shared.Add(often, Name(often));
            }

            json.WriteStartObject();
            json.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
            json.WriteString("title", title);
            var schema = new JsonSchema(shared, json);
            schema.Members(shape);
            json.WriteStartObject("$defs");
            schema.Scalar("text", ["string", "number", "boolean"]);
            schema.Scalar("blankable", ["string", "number", "boolean", "null"]);
            foreach ((ObjectShape often, string name) in shared)
            {
                json.WriteStartObject(name);
                schema.Members(often);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    private static void Count(SettingShape shape, Dictionary<ObjectShape, int> seen)
    {
        if (shape is ObjectShape known)
        {
            seen[known] = seen.GetValueOrDefault(known) + 1;
            if (seen[known] > 1)
            {
                return;
            }
        }

        foreach (SettingShape inner in Inside(shape))
        {
            Count(inner, seen);
        }
    }

    private static IEnumerable<SettingShape> Inside(SettingShape shape) => shape switch
    {
        ObjectShape known => known.Keys.Append(known.Others).OfType<KeyShape>().Select(k => k.Shape),
        MapShape map => [map.Value],
        ListShape list => [list.Item],
        EitherShape either => either.Shapes,
        _ => [],
    };

    private static string Name(ObjectShape shape) => shape.Name.Replace(' ', '-');

    private void Value(SettingShape shape, string? about = null, string? preset = null)
    {
        _json.WriteStartObject();
        if (about is not null)
        {
            _json.WriteString("description", about);
        }

        if (preset is not null)
        {
            Default(shape, preset);
        }

        if (shape is ObjectShape known && _shared.TryGetValue(known, out string? name))
        {
            _json.WriteString("$ref", $"#/$defs/{name}");
        }
        else
        {
            Members(shape);
        }

        _json.WriteEndObject();
    }

    private void Members(SettingShape shape)
    {
        switch (shape)
        {
            case ScalarShape { Kind: "text" or "blankable" } scalar:
                _json.WriteString("$ref", $"#/$defs/{scalar.Kind}");
                break;
            case ScalarShape scalar:
                _json.WriteString("type", scalar.Kind);
                break;
            case ChoiceShape choice:
                _json.WriteStartArray("enum");
                foreach (string value in choice.Values)
                {
                    Literal(value);
                }

                _json.WriteEndArray();
                break;
            case ListShape list:
                _json.WriteString("type", "array");
                _json.WritePropertyName("items");
                Value(list.Item);
                break;
            case MapShape map:
                _json.WriteString("type", "object");
                _json.WritePropertyName("additionalProperties");
                Value(map.Value);
                break;
            case EitherShape either:
                _json.WriteStartArray("anyOf");
                foreach (SettingShape one in either.Shapes)
                {
                    Value(one);
                }

                _json.WriteEndArray();
                break;
            case ObjectShape known:
                Object(known);
                break;
            default:
                break;
        }
    }

    private void Object(ObjectShape shape)
    {
        _json.WriteString("type", "object");
        _json.WriteStartObject("properties");
        foreach (KeyShape key in shape.Keys)
        {
            _json.WritePropertyName(key.Name);
            Value(key.Shape, key.About, key.Default);
        }

        _json.WriteEndObject();
        if (shape.Keys.Any(k => k.Required))
        {
            Names("required", shape.Keys.Where(k => k.Required).Select(k => k.Name));
        }

        if (shape.Others is null)
        {
            _json.WriteBoolean("additionalProperties", false);
        }
        else
        {
            _json.WritePropertyName("additionalProperties");
            Value(shape.Others.Shape, shape.Others.About);
        }

        if (shape.Choice is KeyChoice choice)
        {
            _json.WriteStartArray("oneOf");
            foreach (string key in choice.Keys)
            {
                _json.WriteStartObject();
                Names("required", [key]);
                _json.WriteEndObject();
            }

            _json.WriteEndArray();
        }
    }

    // What YAML reads as a number or a boolean is a text to Cairn all the same.
    private void Scalar(string name, string[] types)
    {
        _json.WriteStartObject(name);
        Names("type", types);
        _json.WriteEndObject();
    }

    private void Names(string member, IEnumerable<string> names)
    {
        _json.WriteStartArray(member);
        foreach (string name in names)
        {
            _json.WriteStringValue(name);
        }

        _json.WriteEndArray();
    }

    // A default is written in the type it will be read as.
    private void Default(SettingShape shape, string preset)
    {
        _json.WritePropertyName("default");
        bool number = shape is ScalarShape { Kind: "integer" };
        if (number || shape is ScalarShape { Kind: "boolean" })
        {
            _json.WriteRawValue(preset);
        }
        else
        {
            _json.WriteStringValue(preset);
        }
    }

    // YAML reads `true` as a boolean, so that an editor does too.
    private void Literal(string value)
    {
        if (value is "true" or "false")
        {
            _json.WriteBooleanValue(value == "true");
        }
        else
        {
            _json.WriteStringValue(value);
        }
    }
}
