namespace Cairn.Templates.Herbarium;

/// <summary>
/// The numbers the invented set is made of: SplitMix64 (Steele, Lea and Flood 2014) from a fixed seed. The runtime's own generator may change its
/// sequence between versions, and then the data in the repository could not be made again.
/// </summary>
internal sealed class Draws(ulong seed)
{
    private ulong state = seed;

    /// <summary>A whole number from 0 up to, not including, <paramref name="end"/>. The small bias of the remainder does not matter here.</summary>
    public int Below(int end)
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (int)((z ^ (z >> 31)) % (ulong)end);
    }

    /// <summary>True in this many of a hundred draws.</summary>
    public bool Percent(int percent) => Below(100) < percent;

    public T Of<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    public void Shuffle<T>(IList<T> items)
    {
        for (int last = items.Count - 1; last > 0; last--)
        {
            int other = Below(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    /// <summary>An identifier's own part: letters and digits without vowels, so that no word comes out.</summary>
    public string Token(int length) => string.Create(length, this, static (text, draws) =>
    {
        for (int i = 0; i < text.Length; i++)
        {
            text[i] = "0123456789bcdfghjkmnpqrstvwxz"[draws.Below(29)];
        }
    });
}
