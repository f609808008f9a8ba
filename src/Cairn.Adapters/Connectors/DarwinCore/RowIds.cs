using System.Security.Cryptography;
using Cairn.Core.Flows.Scanning;

namespace Cairn.Adapters.Connectors.DarwinCore;

/// <summary>The ids of a core's rows, as fingerprints of 16 bytes each, to hold the ids of extensions against.</summary>
internal sealed class RowIds
{
    private readonly RowHash _hash = new(RandomNumberGenerator.Fill);
    private readonly List<Fingerprint> _ids = [];

    /// <summary>Rows without an id.</summary>
    public long Blank { get; private set; }

    /// <summary>Rows whose id an earlier row has; known after <see cref="Seal"/>.</summary>
    public long Repeated { get; private set; }

    public void Add(ReadOnlySpan<byte> id)
    {
        if (id.IsEmpty)
        {
            Blank++;
        }
        else
        {
            _ids.Add(_hash.Of(id));
        }
    }

    /// <summary>Ends the adding; from then on ids can be asked for.</summary>
    public void Seal()
    {
        _ids.Sort(Compare);
        for (int i = 1; i < _ids.Count; i++)
        {
            Repeated += _ids[i] == _ids[i - 1] ? 1 : 0;
        }
    }

    public bool Contains(ReadOnlySpan<byte> id) => _ids.BinarySearch(_hash.Of(id), Comparer<Fingerprint>.Create(Compare)) >= 0;

    private static int Compare(Fingerprint x, Fingerprint y) => x.A != y.A ? x.A.CompareTo(y.A) : x.B.CompareTo(y.B);
}
