namespace EtlWarehouse.SampleSites.Figures;

/// <summary>SplitMix64: the same numbers from the same seed on every machine and in every version of .NET.</summary>
public sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A seed that depends on the text alone.</summary>
    public static SeededRandom For(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in text)
            hash = unchecked((hash ^ character) * 1099511628211UL);
        return new SeededRandom(hash);
    }

    /// <summary>A whole number in [0, <paramref name="below"/>).</summary>
    public int Below(int below) => (int)(Next() % (ulong)below);

    /// <summary>A whole number in [<paramref name="from"/>, <paramref name="to"/>].</summary>
    public int Between(int from, int to) => from + Below(to - from + 1);

    public T Pick<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    /// <summary>Index of the weight that was hit; the chance is proportional to the weight.</summary>
    public int Weighted(IReadOnlyList<int> weights)
    {
        var hit = Below(weights.Sum());
        for (var index = 0; ; index++)
        {
            hit -= weights[index];
            if (hit < 0)
                return index;
        }
    }

    private ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15UL;
            var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9UL;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
            return mixed ^ (mixed >> 31);
        }
    }
}
