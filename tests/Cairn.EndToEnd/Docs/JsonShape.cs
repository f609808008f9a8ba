using System.Text.Json;

namespace Cairn.EndToEnd.Docs;

/// <summary>The members of some JSON objects of one kind: each by its path, with the types seen and whether it was always there.</summary>
/// <param name="free">Paths of objects whose keys are the user's own (names of figures, columns, values); all keys count as <c>*</c>.</param>
/// <param name="elsewhere">Paths of objects that have a shape of their own, which is added to in the place of this one.</param>
internal sealed class JsonShape(IReadOnlyCollection<string> free, IReadOnlyDictionary<string, JsonShape>? elsewhere = null)
{
    private readonly Dictionary<string, Met> _members = [];
    private readonly Dictionary<string, int> _objects = [];
    private readonly Dictionary<string, HashSet<string>> _items = [];

    /// <summary>In the order in which they were met, those of an object after it.</summary>
    public IEnumerable<(string Path, string Types, bool Always)> Members =>
        from member in Under("")
        let holder = member.Key[..Math.Max(0, member.Key.LastIndexOf('.'))]
        select (member.Key, Types(member.Key, member.Value.Types), member.Key.EndsWith(".*", StringComparison.Ordinal) || member.Value.Count == _objects[holder]);

    public void Add(JsonElement element, string path = "")
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object when elsewhere?.GetValueOrDefault(path) is { } other:
                other.Add(element);
                break;
            case JsonValueKind.Object:
                _objects[path] = _objects.GetValueOrDefault(path) + 1;
                foreach (JsonProperty property in element.EnumerateObject())
                {
                    AddMember(property.Value, Join(path, free.Contains(path) ? "*" : property.Name));
                }

                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in element.EnumerateArray())
                {
                    Items(path).Add(TypeOf(item));
                    Add(item, path + "[]");
                }

                break;
        }
    }

    private IEnumerable<KeyValuePair<string, Met>> Under(string holder) =>
        _members.Where(m => m.Key[..Math.Max(0, m.Key.LastIndexOf('.'))].TrimEnd('[', ']') == holder && m.Key != holder)
            .SelectMany(m => Under(m.Key).Prepend(m));

    private void AddMember(JsonElement value, string path)
    {
        if (!_members.TryGetValue(path, out Met? member))
        {
            _members.Add(path, member = new Met());
        }

        member.Count++;
        member.Types.Add(TypeOf(value));
        Add(value, path);
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private HashSet<string> Items(string list) => _items.TryGetValue(list, out HashSet<string>? types) ? types : _items[list] = [];

    private string Types(string path, IEnumerable<string> types) => string.Join(" or ", types.Order(StringComparer.Ordinal)
        .Select(type => type == "list" && _items.TryGetValue(path, out HashSet<string>? items) ? $"list of {Types(path + "[]", items)}" : type));

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "text",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        JsonValueKind.Null => "null",
        JsonValueKind.Object => "object",
        _ => "list",
    };

    private sealed class Met
    {
        public HashSet<string> Types { get; } = [];
        public int Count { get; set; }
    }
}
