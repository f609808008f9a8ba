namespace Cairn.Core.Flows;

/// <summary>The order of work: reads first, then every step after the tables it reads; otherwise as in the file.</summary>
public static class FlowOrder
{
    /// <returns>The names of all reads and steps. Tables that wait for each other are left out; <see cref="FlowReader"/> refuses such flows.</returns>
    public static IReadOnlyList<string> Of(Flow flow) => [.. flow.Reads.Select(r => r.Name), .. Sorted(flow.Steps).Select(i => flow.Steps[i].Name)];

    /// <summary>The rings of steps that wait for each other, each in the order of reading: every step reads the next, the last reads the first.</summary>
    internal static IReadOnlyList<IReadOnlyList<Step>> Cycles(IReadOnlyList<Step> steps)
    {
        var rings = new List<IReadOnlyList<Step>>();
        HashSet<string> left = [.. steps.Select(s => s.Name)];
        left.ExceptWith(Sorted(steps).Select(i => steps[i].Name));
        var byName = steps.GroupBy(s => s.Name).ToDictionary(g => g.Key, g => g.First());

        // What is left waits for a ring or stands in one. Following what each waits for must come round to a ring.
        foreach (Step start in steps)
        {
            var seen = new Dictionary<string, int>();
            var path = new List<Step>();
            string? at = left.Contains(start.Name) ? start.Name : null;
            while (at is not null && seen.TryAdd(at, path.Count))
            {
                path.Add(byName[at]);
                at = byName[at].Head.Inputs.Select(i => i.Name).FirstOrDefault(left.Contains);
            }

            if (at is not null)
            {
                rings.Add(path[seen[at]..]);
            }

            left.ExceptWith(path.Select(s => s.Name));
        }

        return rings;
    }

    // Kahn's algorithm; of the steps that are ready, the first in the file goes first.
    private static List<int> Sorted(IReadOnlyList<Step> steps)
    {
        var numbers = new Dictionary<string, int>();
        for (int i = 0; i < steps.Count; i++)
        {
            numbers.TryAdd(steps[i].Name, i);
        }

        var waiting = new int[steps.Count];
        var readers = new Dictionary<int, List<int>>();
        var ready = new PriorityQueue<int, int>();
        for (int i = 0; i < steps.Count; i++)
        {
            foreach (string input in steps[i].Head.Inputs.Select(n => n.Name).Distinct().Where(numbers.ContainsKey))
            {
                waiting[i]++;
                (readers.TryGetValue(numbers[input], out List<int>? list) ? list : readers[numbers[input]] = []).Add(i);
            }

            if (waiting[i] == 0)
            {
                ready.Enqueue(i, i);
            }
        }

        var sorted = new List<int>(steps.Count);
        while (ready.TryDequeue(out int step, out _))
        {
            sorted.Add(step);
            foreach (int reader in readers.GetValueOrDefault(step, []))
            {
                if (--waiting[reader] == 0)
                {
                    ready.Enqueue(reader, reader);
                }
            }
        }

        return sorted;
    }
}
