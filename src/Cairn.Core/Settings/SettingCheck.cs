using System.Globalization;

namespace Cairn.Core.Settings;

/// <summary>Checks a settings tree against its shape: unknown and missing keys, wrong types, wrong choices; all at once.</summary>
public static class SettingCheck
{
    /// <param name="named">What messages call the value: the key it stands under, or the file.</param>
    public static IReadOnlyList<Problem> Check(Setting setting, SettingShape shape, string named)
    {
        var problems = new List<Problem>();
        Check(setting, shape, named, problems);
        return problems;
    }

    private static void Check(Setting setting, SettingShape shape, string named, List<Problem> problems)
    {
        switch (shape, setting)
        {
            case (AnyShape, _) or (_, UnreadSetting):
                break;
            case (EitherShape either, _):
                CheckEither(setting, either, named, problems);
                break;
            case (ObjectShape known, MapSetting map):
                CheckKeys(map, known, problems);
                break;
            case (MapShape free, MapSetting map):
                foreach (SettingEntry entry in map.Entries)
                {
                    Check(entry.Value, free.Value, entry.Key, problems);
                }

                break;
            case (ListShape list, ListSetting items):
                foreach (Setting item in items.Items)
                {
                    Check(item, list.Item, named, problems);
                }

                break;
            case (ChoiceShape or ScalarShape, ScalarSetting scalar) when Fits(scalar, shape):
                break;
            case (ChoiceShape choice, ScalarSetting { IsNull: false } scalar):
                problems.Add(new Problem("flow/wrong-value", ProblemKind.Usage, $"`{named}` takes {Describe(choice)}, not `{Shortened.Of(scalar.Text)}`", scalar.Place,
                    $"write one of: {string.Join(", ", choice.Values)}")
                {
                    Hint = Suggest(scalar.Text, choice.Values),
                });
                break;
            default:
                problems.Add(WrongType(setting, Describe(shape), named));
                break;
        }
    }

    private static void CheckEither(Setting setting, EitherShape either, string named, List<Problem> problems)
    {
        List<SettingShape> fitting = [.. either.Shapes.Where(s => FormFits(setting, s))];
        if (setting is ScalarSetting scalar && fitting.Count > 0 && (scalar.IsNull || fitting.Count > 1))
        {
            if (!fitting.Any(s => Fits(scalar, s)))
            {
                problems.Add(WrongType(setting, Describe(either), named));
            }
        }
        else if (fitting.Count > 0)
        {
            Check(setting, fitting[0], named, problems);
        }
        else
        {
            problems.Add(WrongType(setting, Describe(either), named));
        }
    }

    private static void CheckKeys(MapSetting map, ObjectShape shape, List<Problem> problems)
    {
        bool suggestedChoice = false;
        KeyChoice? choice = shape.Choice;
        List<SettingEntry> chosen = choice is null ? [] : [.. map.Entries.Where(e => choice.Keys.Contains(e.Key))];
        foreach (SettingEntry entry in map.Entries)
        {
            KeyShape? key = shape.Keys.FirstOrDefault(k => k.Name == entry.Key) ?? shape.Others;
            if (key is not null)
            {
                Check(entry.Value, key.Shape, entry.Key, problems);
                continue;
            }

            if (choice?.UnknownCode is string code && chosen.Count == 0 && entry.Value is MapSetting)
            {
                suggestedChoice = true;
                problems.Add(new Problem(code, ProblemKind.Usage,
                    $"there is no {choice.Noun} `{Shortened.Of(entry.Key)}`", entry.KeyPlace, choice.Help ?? $"there is: {string.Join(", ", choice.Keys)}")
                {
                    Hint = Suggest(entry.Key, choice.Keys),
                });
                continue;
            }

            string? near = DidYouMean.Of(entry.Key, shape.Keys.Select(k => k.Name));
            suggestedChoice |= near is not null && choice is not null && choice.Keys.Contains(near);
            problems.Add(new Problem("flow/unknown-key", ProblemKind.Usage, $"{shape.Name} has no setting `{Shortened.Of(entry.Key)}`", entry.KeyPlace,
                HelpFor(shape))
            {
                Hint = near is null ? null : $"did you mean `{near}`?",
            });
        }

        foreach (KeyShape missing in shape.Keys.Where(k => k.Required && map[k.Name] is null))
        {
            problems.Add(new Problem("flow/missing-key", ProblemKind.Usage, $"{shape.Name} needs `{missing.Name}`", map.Place,
                $"add `{missing.Name}:` ({Sentence(missing.About)})"));
        }

        if (choice is not null && chosen.Count == 0 && !suggestedChoice)
        {
            problems.Add(new Problem(choice.MissingCode, ProblemKind.Usage, $"{shape.Name} needs a {choice.Noun}", map.Place,
                $"add one of: {string.Join(", ", choice.Keys)}"));
        }
        else if (choice is not null && chosen.Count > 1)
        {
            problems.Add(new Problem(choice.SeveralCode, ProblemKind.Usage, $"{shape.Name} has one {choice.Noun}, and here are {chosen.Count}: {string.Join(", ", chosen.Select(e => $"`{e.Key}`"))}", chosen[1].KeyPlace,
                "keep one, and make another entry for each of the others"));
        }
    }

    private static string HelpFor(ObjectShape shape) => shape.Help ?? $"it takes: {string.Join(", ", shape.Keys.Select(k => k.Name))}";

    private static Problem WrongType(Setting setting, string wanted, string named)
    {
        string given = setting switch
        {
            MapSetting => "this is a mapping",
            ListSetting => "this is a list",
            ScalarSetting { IsNull: true } => "it has no value",
            ScalarSetting s => $"this is `{Shortened.Of(s.Text)}`",
            _ => "this is something else",
        };
        return new Problem("flow/wrong-type", ProblemKind.Usage, $"`{Shortened.Of(named)}` takes {wanted}, and {given}", setting.Place, "cairn help flow-files");
    }

    private static bool FormFits(Setting setting, SettingShape shape) => (shape, setting) switch
    {
        (AnyShape, _) => true,
        (ScalarShape or ChoiceShape, ScalarSetting) => true,
        (ListShape, ListSetting) => true,
        (MapShape or ObjectShape, MapSetting) => true,
        (EitherShape either, _) => either.Shapes.Any(s => FormFits(setting, s)),
        _ => false,
    };

    private static bool Fits(ScalarSetting scalar, SettingShape shape) => shape switch
    {
        AnyShape => true,
        ChoiceShape choice => choice.Values.Contains(scalar.Text),
        ScalarShape { Kind: "blankable" } => true,
        _ when scalar.IsNull => false,
        ScalarShape { Kind: "integer" } => long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        ScalarShape { Kind: "boolean" } => scalar.Text is "true" or "false",
        ScalarShape => true,
        EitherShape either => either.Shapes.Any(s => Fits(scalar, s)),
        _ => false,
    };

    private static string Describe(SettingShape shape) => shape switch
    {
        ScalarShape { Kind: "integer" } => "a whole number",
        ScalarShape { Kind: "boolean" } => "true or false",
        ScalarShape => "a text",
        ChoiceShape { Values: [string only] } => $"`{only}`",
        ChoiceShape choice => string.Join(", ", choice.Values.SkipLast(1).Select(v => $"`{v}`")) + $" or `{choice.Values[^1]}`",
        ListShape => "a list",
        MapShape or ObjectShape => "a mapping",
        EitherShape either => string.Join(" or ", either.Shapes.Select(Describe).Distinct()),
        _ => "anything",
    };

    private static string? Suggest(string word, IEnumerable<string> known) => DidYouMean.Of(word, known) is string near ? $"did you mean `{near}`?" : null;

    private static string Sentence(string about) => about.Length == 0 ? about : (char.ToLowerInvariant(about[0]) + about[1..]).TrimEnd('.');
}
