using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Cairn.Core.Flows.Scanning;

/// <summary>A set of fingerprints: open addressing, 16 bytes a place, at most two thirds full.</summary>
public sealed class FingerprintSet
{
    private Fingerprint[] _places;
    private int _count;
    private int _mask;
    private bool _hasZero;

    public FingerprintSet(int expected = 1024)
    {
        int size = 1024;
        while (size < expected * 1.5 && size < 1 << 30)
        {
            size <<= 1;
        }

        _places = new Fingerprint[size];
        _mask = size - 1;
    }

    public int Count => _count;

    /// <summary>Bytes of memory held.</summary>
    public long Bytes => (long)_places.Length * 16;

    /// <summary>Adds; false when it was there already.</summary>
    public bool Add(Fingerprint value)
    {
        if (value == default)
        {
            bool added = !_hasZero;
            _hasZero = true;
            _count += added ? 1 : 0;
            return added;
        }

        if (_count >= _places.Length / 3 * 2)
        {
            Grow();
        }

        int place = Find(_places, _mask, value);
        if (_places[place] == value)
        {
            return false;
        }

        _places[place] = value;
        _count++;
        return true;
    }

    public bool Contains(Fingerprint value) => value == default ? _hasZero : _places[Find(_places, _mask, value)] == value;

    /// <summary>Fetches the place where the value would stand, so that adding it a little later does not wait for memory.</summary>
    public unsafe void Prefetch(Fingerprint value)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref _places[Place(value, _mask)]));
        }
    }

    private void Grow()
    {
        var next = new Fingerprint[checked(_places.Length * 2)];
        int mask = next.Length - 1;
        foreach (Fingerprint value in _places)
        {
            if (value != default)
            {
                next[Find(next, mask, value)] = value;
            }
        }

        _places = next;
        _mask = mask;
    }

    private static int Place(Fingerprint value, int mask) => (int)(value.A ^ (value.B >> 17)) & mask;

    private static int Find(Fingerprint[] places, int mask, Fingerprint value)
    {
        int place = Place(value, mask);
        while (places[place] != default && places[place] != value)
        {
            place = (place + 1) & mask;
        }

        return place;
    }
}
