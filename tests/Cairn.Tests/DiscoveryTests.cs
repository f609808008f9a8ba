using System.Text.RegularExpressions;
using Cairn.Adapters;
using Cairn.Core.Flows;
using Cairn.Core.Settings;

namespace Cairn.Tests;

public sealed partial class DiscoveryTests
{
    [Fact]
    public void Every_connector_is_found_and_made_as_the_rule_says()
    {
        List<Type> types = [.. typeof(Discovery).Assembly.GetTypes().Where(t => t.IsClass && (t.IsAssignableTo(typeof(ISourceConnector)) || t.IsAssignableTo(typeof(IDestinationConnector))))];
        Assert.All(types, t => Assert.True(t is { IsPublic: true, IsSealed: true } && t.GetConstructor(Type.EmptyTypes) is not null, $"{t.Name} should be public, sealed, with an empty constructor"));
        Assert.Equal(types.Order(Comparer<Type>.Create((a, b) => string.CompareOrdinal(a.Name, b.Name))), Discovery.Sources.Cast<object>().Concat(Discovery.Destinations).Select(c => c.GetType()).Distinct()
            .Order(Comparer<Type>.Create((a, b) => string.CompareOrdinal(a.Name, b.Name))));
        Assert.Contains("delimited", Discovery.Sources.Select(s => s.Name));
    }

    [Fact]
    public void Names_are_words_of_flow_files_and_each_has_one_connector()
    {
        foreach (IEnumerable<string> names in new[] { Discovery.Sources.Select(s => s.Name), Discovery.Destinations.Select(d => d.Name) })
        {
            Assert.Equal(names.Distinct(), names);
            Assert.All(names, n => Assert.Matches(Word(), n));
            Assert.DoesNotContain(names, FlowShape.Read([]).Keys.Select(k => k.Name).Contains);
        }
    }

    [Fact]
    public void Every_setting_says_what_it_is()
    {
        foreach (KeyShape key in Discovery.Sources.Select(s => s.SourceShape).Concat(Discovery.Destinations.Select(d => d.DestinationShape)).Append(FlowShape.Of([], [])).SelectMany(Keys))
        {
            Assert.True(key.About.EndsWith('.') || key.About.EndsWith(')'), $"`{key.Name}`: {key.About}");
        }
    }

    private static IEnumerable<KeyShape> Keys(SettingShape shape) => shape switch
    {
        ObjectShape known => known.Keys.Concat(known.Keys.SelectMany(k => Keys(k.Shape))),
        ListShape list => Keys(list.Item),
        MapShape map => Keys(map.Value),
        EitherShape either => either.Shapes.SelectMany(Keys),
        _ => [],
    };

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    private static partial Regex Word();
}
