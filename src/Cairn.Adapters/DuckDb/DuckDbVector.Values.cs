using System.Buffers.Binary;

namespace Cairn.Adapters.DuckDb;

/// <summary>Values as .NET's own types. What a type of .NET cannot hold exactly is an error, never the nearest value.</summary>
internal sealed unsafe partial class DuckDbVector
{
    private static readonly Int128 DecimalLimit = Int128.One << 96;

    public object? Value(int row) => IsNull(row) ? null : type switch
    {
        DuckDbType.Boolean => data[row] != 0,
        DuckDbType.TinyInt => ((sbyte*)data)[row],
        DuckDbType.SmallInt => ((short*)data)[row],
        DuckDbType.Integer => ((int*)data)[row],
        DuckDbType.BigInt => ((long*)data)[row],
        DuckDbType.UTinyInt => data[row],
        DuckDbType.USmallInt => ((ushort*)data)[row],
        DuckDbType.UInteger => ((uint*)data)[row],
        DuckDbType.UBigInt => ((ulong*)data)[row],
        DuckDbType.HugeInt => Wide(row),
        DuckDbType.UHugeInt => (UInt128)Wide(row),
        DuckDbType.Float => ((float*)data)[row],
        DuckDbType.Double => ((double*)data)[row],
        DuckDbType.Decimal => Decimal(row),
        DuckDbType.Varchar => Text(row),
        DuckDbType.Enum => Word(row),
        DuckDbType.Blob => Utf8(row).ToArray(),
        DuckDbType.Uuid => Uuid(row),
        DuckDbType.Date => Date(((int*)data)[row]),
        DuckDbType.Time => new TimeOnly(Ticks(((long*)data)[row], TimeSpan.TicksPerMicrosecond)),
        DuckDbType.Timestamp => Moment(row, TimeSpan.TicksPerMicrosecond),
        DuckDbType.TimestampSeconds => Moment(row, TimeSpan.TicksPerSecond),
        DuckDbType.TimestampMilliseconds => Moment(row, TimeSpan.TicksPerMillisecond),
        DuckDbType.TimestampNanoseconds => Nanoseconds(row),
        DuckDbType.TimestampWithZone => new DateTimeOffset(Moment(row, TimeSpan.TicksPerMicrosecond), TimeSpan.Zero),
        DuckDbType.List or DuckDbType.Map => List(row),
        DuckDbType.Struct => Struct(row),
        _ => throw CannotHold("this value"),
    };

    private decimal Decimal(int row)
    {
        var unscaled = Unscaled(row);
        var size = Int128.Abs(unscaled);
        if (size >= DecimalLimit || scale > 28)
        {
            throw CannotHold("a number of so many digits");
        }
        return new decimal((int)(uint)(size & uint.MaxValue), (int)(uint)((size >> 32) & uint.MaxValue), (int)(uint)(size >> 64), unscaled < 0, (byte)scale);
    }

    // Stored as a signed number of 128 bits whose top bit is flipped, so that it sorts like its text.
    private Guid Uuid(int row)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt128BigEndian(bytes, Wide(row) ^ Int128.MinValue);
        return new Guid(bytes, bigEndian: true);
    }

    private DateOnly Date(int daysSince1970)
    {
        var number = (long)daysSince1970 + DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
        return number >= 0 && number <= DateOnly.MaxValue.DayNumber ? DateOnly.FromDayNumber((int)number) : throw CannotHold("a date outside the years 1 to 9999");
    }

    private DateTime Moment(int row, long ticksPerUnit)
    {
        var ticks = Ticks(((long*)data)[row], ticksPerUnit);
        return Int128.Abs(ticks) < DateTime.MaxValue.Ticks && ticks + DateTime.UnixEpoch.Ticks is >= 0 and var sum && sum <= DateTime.MaxValue.Ticks
            ? new DateTime(sum)
            : throw CannotHold("a time outside the years 1 to 9999");
    }

    private DateTime Nanoseconds(int row)
    {
        var nanoseconds = ((long*)data)[row];
        return nanoseconds % TimeSpan.NanosecondsPerTick == 0
            ? new DateTime((nanoseconds / TimeSpan.NanosecondsPerTick) + DateTime.UnixEpoch.Ticks)
            : throw CannotHold("a time finer than 100 nanoseconds");
    }

    private long Ticks(long count, long ticksPerUnit)
    {
        var ticks = (Int128)count * ticksPerUnit;
        return ticks >= long.MinValue && ticks <= long.MaxValue ? (long)ticks : throw CannotHold("a time outside the years 1 to 9999");
    }

    private object?[] List(int row)
    {
        var (offset, length) = (((ulong*)data)[row * 2], ((ulong*)data)[(row * 2) + 1]);
        var values = new object?[(int)length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = children![0].Value((int)offset + i);
        }
        return values;
    }

    private Dictionary<string, object?> Struct(int row)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (var i = 0; i < children!.Length; i++)
        {
            values[childNames![i]] = children[i].Value(row);
        }
        return values;
    }

    private DuckDbException CannotHold(string what) =>
        new($"Out of Range Error: {what} of type {type} cannot be read exactly; cast it to VARCHAR in the statement");
}
