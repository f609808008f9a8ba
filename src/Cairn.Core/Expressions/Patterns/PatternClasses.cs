namespace Cairn.Core.Expressions.Patterns;

/// <summary>Divides all code points into classes: two are in one class when every set of the pattern holds both or neither.</summary>
internal static class PatternClasses
{
    /// <summary>The first code point of each run, the class of each run, and one code point of each class.</summary>
    public static (int[] Runs, int[] RunClass, int[] Samples) Of(PatternProgram program)
    {
        CharacterSet[] sets = [.. program.States.Select(s => s.Set).OfType<CharacterSet>().DistinctBy(s => string.Join(',', s.Ranges))];
        int[] runs = [.. sets.SelectMany(s => s.Ranges).SelectMany(r => new[] { r.First, r.Last + 1 }).Append(0).Where(p => p <= CharacterSet.Last).Distinct().Order()];
        var classes = new Dictionary<string, int>(StringComparer.Ordinal);
        var samples = new List<int>();
        int[] runClass = new int[runs.Length];
        for (int i = 0; i < runs.Length; i++)
        {
            string held = string.Create(sets.Length, (sets, runs[i]), (chars, run) =>
            {
                for (int s = 0; s < chars.Length; s++)
                {
                    chars[s] = run.sets[s].Has(run.Item2) ? '1' : '0';
                }
            });
            if (!classes.TryGetValue(held, out runClass[i]))
            {
                runClass[i] = classes[held] = samples.Count;
                samples.Add(runs[i]);
            }
        }

        return (runs, runClass, [.. samples]);
    }
}
