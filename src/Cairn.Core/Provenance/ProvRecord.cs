using System.Collections;
using System.Text.Json;

namespace Cairn.Core.Provenance;

/// <summary>A value with a type, as PROV-JSON writes it: <c>{"$": value, "type": type}</c>.</summary>
internal sealed record ProvValue(string Value, string Type)
{
    public static ProvValue Name(string name) => new(name, "prov:QUALIFIED_NAME");

    public static ProvValue Long(long value) => new(value.ToString(System.Globalization.CultureInfo.InvariantCulture), "xsd:long");

    public static ProvValue DateTime(string time) => new(time, "xsd:dateTime");
}

/// <summary>One entry of a PROV-JSON document; attributes that are null or empty are left out.</summary>
/// <param name="Kind">The section: entity, activity, agent, used, ...</param>
internal sealed record ProvRecord(string Kind, string Id) : IEnumerable
{
    private readonly List<(string Name, object Value)> _attributes = [];

    public object? this[string name]
    {
        set
        {
            if (value is not (null or "" or ICollection { Count: 0 }))
            {
                _attributes.Add((name, value));
            }
        }
    }

    public IEnumerator GetEnumerator() => _attributes.GetEnumerator();

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject(Id);
        foreach ((string name, object value) in _attributes)
        {
            json.WritePropertyName(name);
            Write(json, value is IReadOnlyList<string> { Count: 1 } one ? one[0] : value);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case ProvValue typed:
                json.WriteStartObject();
                json.WriteString("$", typed.Value);
                json.WriteString("type", typed.Type);
                json.WriteEndObject();
                break;
            case IReadOnlyList<string> several:
                json.WriteStartArray();
                foreach (string one in several)
                {
                    json.WriteStringValue(one);
                }

                json.WriteEndArray();
                break;
            default:
                json.WriteStringValue((string)value);
                break;
        }
    }
}

/// <summary>The relations of a document, numbered as they come.</summary>
internal sealed class ProvRelations
{
    private readonly List<ProvRecord> _all = [];

    public IReadOnlyList<ProvRecord> All => _all;

    public void Used(string activity, string entity) =>
        _all.Add(new ProvRecord("used", Next()) { ["prov:activity"] = activity, ["prov:entity"] = entity });

    public void Generated(string entity, string activity) =>
        _all.Add(new ProvRecord("wasGeneratedBy", Next()) { ["prov:entity"] = entity, ["prov:activity"] = activity });

    /// <summary>Nothing is derived from itself: an output with the very bytes of an input is that input.</summary>
    public void Derived(string made, string from, string activity)
    {
        if (made != from)
        {
            _all.Add(new ProvRecord("wasDerivedFrom", Next()) { ["prov:generatedEntity"] = made, ["prov:usedEntity"] = from, ["prov:activity"] = activity });
        }
    }

    public void Associated(string activity, string agent, string plan) =>
        _all.Add(new ProvRecord("wasAssociatedWith", Next()) { ["prov:activity"] = activity, ["prov:agent"] = agent, ["prov:plan"] = plan });

    public void OnBehalf(string agent, string responsible, string activity) =>
        _all.Add(new ProvRecord("actedOnBehalfOf", Next()) { ["prov:delegate"] = agent, ["prov:responsible"] = responsible, ["prov:activity"] = activity });

    private string Next() => $"_:r{_all.Count + 1}";
}
