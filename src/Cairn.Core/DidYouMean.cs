namespace Cairn.Core;

/// <summary>Finds the known word that a mistyped one was probably meant to be.</summary>
public static class DidYouMean
{
    // A hostile file may hold words of megabytes and thousands of names; nobody mistypes a longer word than this.
    private const int LongestWord = 64;

    /// <summary>
    /// The nearest known word, or null when none is near: at most one change in a word of up to four letters, otherwise at most a third of its
    /// letters. Swapped neighbours count as one change, letter case as none. Of words equally near, the first.
    /// </summary>
    public static string? Of(string word, IEnumerable<string> known)
    {
        if (word.Length == 0 || word.Length > LongestWord)
        {
            return null;
        }

        string? nearest = null;
        int least = word.Length <= 4 ? 2 : (word.Length / 3) + 1;
        foreach (string candidate in known)
        {
            if (candidate.Length == 0 || Math.Abs(candidate.Length - word.Length) >= least || candidate == word)
            {
                continue;
            }

            int distance = Distance(word, candidate);
            if (distance < least)
            {
                (nearest, least) = (candidate, distance);
            }
        }

        return nearest;
    }

    // Optimal string alignment distance over lower-cased letters.
    private static int Distance(string a, string b)
    {
        Span<int> before = stackalloc int[(2 * LongestWord) + 1];
        Span<int> above = stackalloc int[(2 * LongestWord) + 1];
        Span<int> row = stackalloc int[(2 * LongestWord) + 1];
        for (int j = 0; j <= b.Length; j++)
        {
            above[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int least = Math.Min(Math.Min(above[j] + 1, row[j - 1] + 1), above[j - 1] + (Same(a[i - 1], b[j - 1]) ? 0 : 1));
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                {
                    least = Math.Min(least, before[j - 2] + 1);
                }

                row[j] = least;
            }

            above.CopyTo(before);
            row.CopyTo(above);
        }

        return above[b.Length];
    }

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
