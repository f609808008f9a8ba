namespace Cairn.Core.Provenance;

/// <summary>The lines in which two texts differ, with three lines around them, as <c>diff -u</c> shows them: <c>-</c> gone, <c>+</c> come, blank the same.</summary>
public static class TextDifference
{
    private const int Around = 3;
    private const int Most = 4000;

    /// <summary>Empty when the texts are equal.</summary>
    public static IReadOnlyList<string> Of(string before, string after)
    {
        if (before == after)
        {
            return [];
        }

        string[] a = Lines(before), b = Lines(after);
        int head = 0;
        while (head < a.Length && head < b.Length && a[head] == b[head])
        {
            head++;
        }

        int tail = 0;
        while (tail < a.Length - head && tail < b.Length - head && a[^(tail + 1)] == b[^(tail + 1)])
        {
            tail++;
        }

        var script = new List<string>(a[..head].Select(l => " " + l));
        script.AddRange(Middle(a[head..^tail], b[head..^tail]));
        script.AddRange(a[^tail..].Select(l => " " + l));
        return Hunks(script);
    }

    /// <summary>By the longest common subsequence; where both are very long, all of one and all of the other.</summary>
    private static IEnumerable<string> Middle(string[] a, string[] b)
    {
        if (a.Length > Most || b.Length > Most)
        {
            return a.Select(l => "-" + l).Concat(b.Select(l => "+" + l));
        }

        int[,] common = new int[a.Length + 1, b.Length + 1];
        for (int i = a.Length - 1; i >= 0; i--)
        {
            for (int j = b.Length - 1; j >= 0; j--)
            {
                common[i, j] = a[i] == b[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        var script = new List<string>();
        int x = 0, y = 0;
        while (x < a.Length || y < b.Length)
        {
            if (x < a.Length && y < b.Length && a[x] == b[y])
            {
                script.Add(" " + a[x]);
                (x, y) = (x + 1, y + 1);
            }
            else if (x < a.Length && (y == b.Length || common[x + 1, y] >= common[x, y + 1]))
            {
                script.Add("-" + a[x++]);
            }
            else
            {
                script.Add("+" + b[y++]);
            }
        }

        return script;
    }

    private static List<string> Hunks(List<string> script)
    {
        var shown = new List<string>();
        int last = -1, lineA = 0, lineB = 0;
        bool[] near = new bool[script.Count];
        for (int i = 0; i < script.Count; i++)
        {
            if (script[i][0] != ' ')
            {
                Array.Fill(near, true, Math.Max(0, i - Around), Math.Min(script.Count, i + Around + 1) - Math.Max(0, i - Around));
            }
        }

        for (int i = 0; i < script.Count; i++)
        {
            lineA += script[i][0] == '+' ? 0 : 1;
            lineB += script[i][0] == '-' ? 0 : 1;
            if (!near[i])
            {
                continue;
            }

            if (last != i - 1 || shown.Count == 0)
            {
                shown.Add($"@@ line {Math.Max(1, lineA)} / {Math.Max(1, lineB)} @@");
            }

            shown.Add(script[i]);
            last = i;
        }

        return shown;
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
}
