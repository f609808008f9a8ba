using Cairn.Core;
using Cairn.Core.Settings;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Cairn.Adapters.Yaml;

/// <summary>
/// Reads YAML 1.1 (and so JSON) into a settings tree with places. Only the plain part of YAML is taken: one document of mappings, lists
/// and scalars. Whatever the text holds, the answer is a tree or problems, in bounded time and memory.
/// </summary>
public sealed class YamlSettings
{
    /// <summary>A settings text is no longer than this, in bytes and in characters.</summary>
    public const int LongestText = 1 << 20;

    /// <summary>How deep lists and mappings may stand in each other.</summary>
    public const int DeepestNesting = 64;

    // A broken file of a megabyte can hold a hundred thousand mistakes; nobody reads more than a screen of them.
    private const int MostProblems = 100;

    private readonly YamlPlaces _places;
    private readonly Parser _parser;
    private readonly List<Problem> _problems = [];

    private YamlSettings(string text, string file)
    {
        _places = new YamlPlaces(text, file);
        _parser = new Parser(new Scanner(new StringReader(text)));
    }

    /// <param name="file">The file as the user named it, for places.</param>
    public static SettingReading Read(string text, string file)
    {
        if (text.Length > LongestText)
        {
            return new SettingReading(null, [TooLong(file)]);
        }

        text = text.StartsWith('\uFEFF') ? text[1..] : text;
        if (YamlPlaces.FirstControlCharacter(text) is int at and >= 0)
        {
            return new SettingReading(null, [new YamlPlaces(text, file).ControlCharacter(at)]) { Text = text };
        }

        var reader = new YamlSettings(text, file);
        Setting? root = reader.Document();
        return new SettingReading(root, reader._problems) { Text = text };
    }

    internal static Problem TooLong(string file) => new(
        "settings/too-long", ProblemKind.Usage, $"{file} is longer than {LongestText >> 20} MB, which no settings file needs", new FilePlace(file), "give the file that was meant");

    private Setting? Document()
    {
        try
        {
            _parser.Consume<StreamStart>();
            if (!_parser.TryConsume<DocumentStart>(out _))
            {
                return Stop("settings/empty", "there is nothing in this file", _places.Whole, "write the settings, or give another file");
            }

            Setting root = Node(0);
            _parser.Consume<DocumentEnd>();
            if (_parser.TryConsume<DocumentStart>(out DocumentStart? second))
            {
                Add("settings/several-documents", "a second YAML document begins here; a settings file is one document", _places.At(second),
                    "remove the `---` and what follows it, or put it in a file of its own");
            }

            if (root is ScalarSetting { IsNull: true })
            {
                return Stop("settings/empty", "there is nothing in this file", _places.Whole, "write the settings, or give another file");
            }

            return root;
        }
        catch (SettingsEnd)
        {
            return null;
        }
        catch (YamlException e)
        {
            _problems.Add(_places.NotYaml(e));
            return null;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or IndexOutOfRangeException or FormatException or OverflowException or NullReferenceException)
        {
            // The YAML scanner throws these for some broken texts, without a place.
            _problems.Add(new Problem("settings/not-yaml", ProblemKind.Usage, "this is not YAML that can be read from here on", _places.At(_parser.Current),
                "look for a bracket, brace or quote that is not closed, in this line or before it"));
            return null;
        }
    }

    private Setting Node(int depth)
    {
        if (depth > DeepestNesting && _parser.Current is MappingStart or SequenceStart)
        {
            Stop("settings/too-deep", $"lists and mappings stand in each other more than {DeepestNesting} deep here", _places.At(_parser.Current),
                "write it flatter");
            throw new SettingsEnd();
        }

        if (_parser.TryConsume<AnchorAlias>(out AnchorAlias? alias))
        {
            Add("settings/alias", $"`*{Shortened.Of(alias.Value.Value)}` refers to another part of the file, and settings do not take references", _places.At(alias),
                "write the value out");
            return new UnreadSetting(_places.At(alias));
        }

        if (_parser.TryConsume<Scalar>(out Scalar? scalar))
        {
            RefuseTag(scalar);
            return Scalar(scalar);
        }

        return _parser.TryConsume<SequenceStart>(out SequenceStart? list) ? List(list, depth) : Map(_parser.Consume<MappingStart>(), depth);
    }

    private ScalarSetting Scalar(Scalar scalar) =>
        new(scalar.Value, scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted or ScalarStyle.Literal or ScalarStyle.Folded, _places.Of(scalar));

    private ListSetting List(SequenceStart start, int depth)
    {
        RefuseTag(start);
        var items = new List<Setting>();
        while (!_parser.Accept<SequenceEnd>(out _))
        {
            items.Add(Node(depth + 1));
        }

        return new ListSetting(items, _places.Between(start, _parser.Consume<SequenceEnd>(), start.Style == SequenceStyle.Flow));
    }

    private MapSetting Map(MappingStart start, int depth)
    {
        RefuseTag(start);
        var entries = new List<SettingEntry>();
        var seen = new Dictionary<string, FilePlace>(StringComparer.Ordinal);
        while (!_parser.Accept<MappingEnd>(out _))
        {
            Setting key = Node(depth + 1);
            Setting value = Node(depth + 1);
            if (key is not ScalarSetting { IsNull: false } name)
            {
                Add("settings/key", "this key is not a text", key.Place, "write a word before the colon, or put the text in quotes when it holds `{`, `[` or `: `");
            }
            else if (!seen.TryAdd(name.Text, name.Place))
            {
                Add("settings/duplicate-key", $"`{Shortened.Of(name.Text)}` is set twice in one mapping, first in line {seen[name.Text].Line}", name.Place,
                    "keep one of the two");
            }
            else
            {
                entries.Add(new SettingEntry(name.Text, name.Place, value));
            }
        }

        return new MapSetting(entries, _places.Between(start, _parser.Consume<MappingEnd>(), start.Style == MappingStyle.Flow));
    }

    private void RefuseTag(NodeEvent node)
    {
        if (!node.Tag.IsEmpty)
        {
            Add("settings/tag", "settings do not take YAML tags (`!...` before a value)", _places.At(node),
                "remove the tag; put a value in quotes to keep it as text");
        }
    }

    private Setting? Stop(string code, string message, FilePlace place, string help)
    {
        Add(code, message, place, help);
        return null;
    }

    private void Add(string code, string message, FilePlace place, string help)
    {
        if (_problems.Count == MostProblems)
        {
            throw new SettingsEnd();
        }

        _problems.Add(new Problem(code, ProblemKind.Usage, message, place, help));
    }

    // Ends the reading from deep inside; its problem is in the list already.
    private sealed class SettingsEnd : Exception;
}
